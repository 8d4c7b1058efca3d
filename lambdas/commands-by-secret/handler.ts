import { answer } from '../commands/answer.ts';
import type { UrlEvent } from '../commands/caller.ts';
import { connect } from '../commands/connect.ts';
import { callerBySecret } from './caller-by-secret.ts';

const ports = connect(process.env); // once per cold start

/** One call of an agent that cannot sign for Lambda, let in by the secret in its endpoint's path. */
export const handler = ports.telemetry.around((event: UrlEvent) =>
  answer(event, ports, () => callerBySecret(event.rawPath, ports)),
);
