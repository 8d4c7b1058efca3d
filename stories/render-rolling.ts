import { styleText } from 'node:util';
import { renderLatencies } from './latency.ts';
import type { RollingOutcome } from './rolling.ts';
import { formatDuration } from './timeline/format.ts';

/** What `npm start -- rolling` prints below its story. */
export function renderRolling({ outOfServiceMs, latencies, requests, failures }: RollingOutcome): string {
  const hosts = Object.entries(outOfServiceMs).map(([instanceId, ms]) => `  ${instanceId}  ${formatDuration(ms)}`);
  return [
    `${styleText('bold', 'Time out of service')} (rehearsed, from BlockTraffic to AllowTraffic)`,
    ...hosts,
    `\n${styleText('bold', 'Latency')} (wall time, through the load balancer)`,
    renderLatencies(latencies),
    `\n${failures.length} of ${requests} requests failed.`,
  ].join('\n');
}
