import type { Json } from '../language/json.ts';
import { isObject, textOf } from '../language/json.ts';
import { toCapitals, toSmallLetters } from './pascal-case.ts';
import type { RoleClients } from './role-clients.ts';
import type { TaskCall } from './integration.ts';
import type { SdkService } from './sdk-services.ts';
import { toStateJson } from './to-json.ts';

/** What came of a call: the output without metadata, and the metadata. */
export interface SdkAnswer {
  readonly output: Json;
  readonly metadata: SdkMetadata;
}

export interface SdkMetadata {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One API action of one service, ready to be called. */
export type SdkAction = (call: TaskCall) => Promise<SdkAnswer>;

/** Members that the API takes as text or bytes, and an author may write as JSON. */
const JSON_TEXT_MEMBERS = new Set(['Payload', 'Input', 'Output', 'MessageBody', 'Message', 'Detail']);

/** @returns undefined when the service has no such action */
export async function loadAction(
  service: SdkService,
  action: string,
  clients: RoleClients,
): Promise<SdkAction | undefined> {
  const sdk = await service.load();
  const name = `${action.charAt(0).toUpperCase()}${action.slice(1)}Command`;
  const Command = (sdk as Record<string, new (input: unknown) => object>)[name];
  if (!Command) return undefined;
  return async ({ parameters, roleArn, sessionName }) => {
    const client = clients.clientOf(service, sdk, roleArn, sessionName);
    const written = writeJsonTexts(parameters);
    const answer = await client.send(new Command(service.smallLetters ? toSmallLetters(written) : written));
    const { $metadata, ...output } = answer as { $metadata: SdkMetadata };
    return { output: toStateJson(service.smallLetters ? toCapitals(output) : output), metadata: $metadata };
  };
}

/** `"Payload": {"step": "open"}` is sent as the text of that object, and so is the Detail of each entry of PutEvents. */
function writeJsonTexts(parameters: Json): Json {
  if (!isObject(parameters)) return parameters;
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, writeMember(name, value)]));
}

function writeMember(name: string, value: Json): Json {
  if (name === 'Entries' && Array.isArray(value)) return value.map(writeJsonTexts);
  const isText = name !== 'Payload' && typeof value === 'string';
  return JSON_TEXT_MEMBERS.has(name) && !isText ? textOf(value) : value;
}
