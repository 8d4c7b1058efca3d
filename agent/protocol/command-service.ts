import type { Send } from '../http/send.ts';
import { readText } from '../http/send.ts';
import { sign } from '../http/sign.ts';
import type { InstanceCredentials } from '../metadata/instance-credentials.ts';
import { AGENT_VERSION } from '../version.ts';
import type { Answer } from './answer.ts';
import { memberOf, objectAt, readCompletionAnswer, readEnvelope, readPollAnswer } from './answer.ts';
import { CommandServiceError } from './command-service-error.ts';
import type { CommandStatus, Completion, Envelope } from './wire.ts';

export interface CommandServiceSettings {
  readonly endpoint: URL;
  readonly region: string;
  readonly hostIdentifier: string;
  readonly credentials: InstanceCredentials;
  readonly timeoutMs: number;
  readonly proxy?: URL;
}

/** The calls of a host to its command service. Each may fail with a CommandServiceError or an error of the network. */
export class CommandService {
  readonly #send: Send;
  readonly #settings: CommandServiceSettings;

  constructor(send: Send, settings: CommandServiceSettings) {
    this.#send = send;
    this.#settings = settings;
  }

  /** Asks for a command. */
  async poll(uptimeSeconds: number, signal: AbortSignal): Promise<Answer> {
    const { hostIdentifier } = this.#settings;
    const request = { HostIdentifier: hostIdentifier, Slipway: { UptimeSeconds: uptimeSeconds } };
    return readPollAnswer(await this.#call('PollHostCommand', request, signal), hostIdentifier);
  }

  /** Fetches what a deployment is about; only needed where it did not come with the command. */
  async deploymentSpecification(deploymentExecutionId: string): Promise<Envelope> {
    const answer = await this.#call('GetDeploymentSpecification', {
      DeploymentExecutionId: deploymentExecutionId,
      HostIdentifier: this.#settings.hostIdentifier,
    });
    const system = memberOf(answer, 'DeploymentSystem');
    if (system !== 'CodeDeploy') throw new Error(`Deployment System mismatch: CodeDeploy != ${String(system)}`);
    const envelope = readEnvelope(objectAt(answer, 'DeploymentSpecification'));
    if (!envelope) throw new Error('Deployment Specification missing');
    return envelope;
  }

  /** Says that a command was received. @returns what the service now thinks of it */
  async acknowledge(hostCommandIdentifier: string, isNoop: boolean): Promise<CommandStatus | undefined> {
    const answer = await this.#call('PutHostCommandAcknowledgement', {
      Diagnostics: { Format: 'JSON', Payload: JSON.stringify({ IsCommandNoop: isNoop }) },
      HostCommandIdentifier: hostCommandIdentifier,
    });
    return memberOf(answer, 'CommandStatus') as CommandStatus | undefined;
  }

  /** Says that this host is at work on a command. @returns whether it is still wanted, and when to say so again */
  async update(
    hostCommandIdentifier: string,
    signal: AbortSignal,
  ): Promise<{ readonly status: CommandStatus | undefined; readonly reportAfterSeconds: number | undefined }> {
    const answer = await this.#call('PostHostCommandUpdate', { HostCommandIdentifier: hostCommandIdentifier }, signal);
    const pace = memberOf(objectAt(answer, 'Slipway'), 'ReportAfterSeconds');
    return {
      status: memberOf(answer, 'CommandStatus') as CommandStatus | undefined,
      reportAfterSeconds: typeof pace === 'number' && pace > 0 ? pace : undefined,
    };
  }

  /** Reports the end of a command. @returns the next one of the leg, if there is one */
  async complete(completion: Completion): Promise<Answer> {
    const answer = await this.#call('PutHostCommandComplete', {
      CommandStatus: completion.CommandStatus,
      Diagnostics: { Format: 'JSON', Payload: JSON.stringify(completion.Diagnostics) },
      HostCommandIdentifier: completion.HostCommandIdentifier,
      Slipway: { NoopEvents: completion.NoopEvents },
    });
    try {
      return readCompletionAnswer(answer, this.#settings.hostIdentifier);
    } catch {
      // The report itself was accepted. A next command that makes no sense must not have it sent again and again.
      return {};
    }
  }

  async #call(operation: string, input: object, signal?: AbortSignal): Promise<unknown> {
    const { endpoint, region, credentials, timeoutMs, proxy } = this.#settings;
    const request = {
      method: 'POST',
      url: endpoint,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `CodeDeployCommandService_v20141006.${operation}`,
        'x-amz-codedeploy-agent-version': `SLIPWAY_${AGENT_VERSION}`,
      },
      body: JSON.stringify(input),
      timeoutMs,
      ...(signal ? { signal } : {}),
      ...(proxy ? { proxy } : {}),
    } as const;
    const signed = await sign(request, { service: 'lambda', region, credentials: await credentials.current() });
    const response = await this.#send({
      ...signed,
      headers: { ...signed.headers, 'user-agent': `slipway-agent/${AGENT_VERSION}` },
    });
    const text = await readText(response);
    if (response.status === 200) return text.trim() === '' ? {} : (JSON.parse(text) as unknown);
    if (response.status === 401 || response.status === 403) credentials.expire();
    throw toError(response.status, text);
  }
}

/** Errors are `{"__type":"Name","message":"…"}`; a front door in between may answer anything. */
function toError(status: number, text: string): CommandServiceError {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  const type = memberOf(body, '__type');
  const code = typeof type === 'string' ? type.replace(/^.*#/, '') : `HTTP ${status}`;
  const message = memberOf(body, 'message') ?? memberOf(body, 'Message');
  return new CommandServiceError(status, code, typeof message === 'string' ? message : text.slice(0, 200));
}
