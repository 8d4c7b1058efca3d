import { createHash } from 'node:crypto';

import { HEARTBEAT_INTERVAL_SECONDS } from './names.ts';

const MOST_JITTER_SECONDS = 50;
const HEAD_START_SECONDS = 10;

/**
 * When a deployment's first heartbeat is due: 241 to 290 s after Auto Scaling gave notice. A hundred instances launched
 * together then beat spread over a minute, for Auto Scaling answers all its callers from one bucket. The head start
 * keeps the first beat within five minutes of the notification.
 * @param waitedSeconds since the notification. The hook's timeout runs while a message waits in its queue: after a long
 * wait the first beat comes at once, spread over less than a minute.
 */
export function firstHeartbeatInSeconds(deploymentId: string, waitedSeconds: number): number {
  const jitter = createHash('sha256').update(deploymentId).digest().readUInt32BE() % MOST_JITTER_SECONDS;
  const onTime = HEARTBEAT_INTERVAL_SECONDS - HEAD_START_SECONDS - jitter;
  return Math.max(1 + jitter, Math.floor(onTime - Math.max(0, waitedSeconds)));
}
