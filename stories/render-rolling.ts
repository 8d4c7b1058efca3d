import { styleText } from 'node:util';
import { renderLatencies } from './latency.ts';
import type { RollingOutcome } from './rolling.ts';
import type { RollingResult } from './run-rolling.ts';
import { formatDuration } from './timeline/format.ts';

/** What `npm start -- rolling` prints below its story. */
export function renderRolling({ failure, wallMs, outcome }: RollingResult): string {
  const verdict =
    failure === undefined
      ? styleText('green', `All as promised, in ${formatDuration(wallMs)}.`)
      : styleText('red', `Not as promised: ${failure}`);
  return `${outcome ? renderOutcome(outcome) : ''}\n${verdict}\n`;
}

function renderOutcome({ outOfServiceMs, latencies, requests, failures }: RollingOutcome): string {
  const hosts = Object.entries(outOfServiceMs).map(([instanceId, ms]) => `  ${instanceId}  ${formatDuration(ms)}`);
  return [
    `\n${styleText('bold', 'Time out of service')} (rehearsed, from BlockTraffic to AllowTraffic)`,
    ...hosts,
    `\n${styleText('bold', 'Latency')} (wall time, through the load balancer)`,
    renderLatencies(latencies),
    `\n${failures.length} of ${requests} requests failed.\n`,
  ].join('\n');
}
