import type { Clock } from '../../clock.ts';
import type { TaskLimits } from '../history/task-events.ts';
import { HEARTBEAT_TIMEOUT, StatesError, TIMEOUT } from '../language/states-error.ts';

/** The two clocks that run against a task. */
interface Deadlines {
  /** Never resolves. @throws StatesError `States.Timeout` or `States.HeartbeatTimeout` */
  readonly expired: Promise<never>;
  /** Starts the heartbeat's silence anew; the timeout runs on. */
  beat(): void;
  stop(): void;
}

/** @param scale rehearsed seconds per second of the limits: 1 for waiting, the clock's speed for work */
export function startDeadlines(clock: Clock, { timeoutSeconds, heartbeatSeconds }: TaskLimits, scale = 1): Deadlines {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  const after = (seconds: number | undefined, error: string): (() => void) =>
    seconds === undefined
      ? () => undefined
      : clock.after(seconds * 1000 * scale, () => {
          reject(new StatesError(error));
        });
  const cancelTimeout = after(timeoutSeconds, TIMEOUT);
  let cancelHeartbeat = after(heartbeatSeconds, HEARTBEAT_TIMEOUT);
  let stopped = false;
  return {
    expired: promise,
    beat: () => {
      if (stopped) return;
      cancelHeartbeat();
      cancelHeartbeat = after(heartbeatSeconds, HEARTBEAT_TIMEOUT);
    },
    stop: () => {
      stopped = true;
      cancelTimeout();
      cancelHeartbeat();
    },
  };
}
