import { answer } from './answer.ts';
import type { UrlEvent } from './caller.ts';
import { connect } from './connect.ts';

const ports = connect(process.env); // once per cold start

/** One call of a host agent to the command service. */
export const handler = ports.telemetry.around((event: UrlEvent) => answer(event, ports));
