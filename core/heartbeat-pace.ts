import { createHash } from 'node:crypto';

import { HEARTBEAT_INTERVAL_SECONDS } from './names.ts';

const MOST_JITTER_SECONDS = 50;
const HEAD_START_SECONDS = 10;

/**
 * When a deployment's first heartbeat is due: 241 to 290 s after it was opened. A hundred instances launched together
 * then beat spread over a minute, for Auto Scaling answers all its callers from one bucket. The head start keeps the
 * first beat within five minutes of the notification.
 */
export function firstHeartbeatInSeconds(deploymentId: string): number {
  const jitter = createHash('sha256').update(deploymentId).digest().readUInt32BE() % MOST_JITTER_SECONDS;
  return HEARTBEAT_INTERVAL_SECONDS - HEAD_START_SECONDS - jitter;
}
