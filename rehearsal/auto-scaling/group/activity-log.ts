import { randomUUID } from 'node:crypto';
import type { Activity, ActivityStatus, Progress } from './activity.ts';
import { hasEnded } from './activity.ts';

type NewActivity = Omit<Activity, 'activityId' | 'startedAtMs' | 'endedAtMs'>;

const FINAL: ReadonlySet<ActivityStatus> = new Set<ActivityStatus>(['Successful', 'Cancelled', 'Failed']);

/** The activities of all groups, in the order they began. */
export class ActivityLog {
  readonly #now: () => number;
  readonly #byId = new Map<string, Activity>();
  readonly #running = new Map<string, Set<string>>();

  constructor(now: () => number) {
    this.#now = now;
  }

  begin(activity: NewActivity): Activity {
    const activityId = randomUUID();
    const startedAtMs = this.#now();
    const begun = { ...activity, activityId, startedAtMs, ...this.#end(activity.status) };
    this.#byId.set(activityId, begun);
    if (!hasEnded(begun)) this.#runningIn(activity.autoScalingGroupArn).add(activityId);
    return begun;
  }

  /** Moves a running activity on; one that has ended stays as it ended. */
  progress(activityId: string, progress: Progress, statusMessage?: string): Activity | undefined {
    const before = this.#byId.get(activityId);
    if (!before || hasEnded(before)) return before;
    const after = {
      ...before,
      ...progress,
      ...(statusMessage && reasoned(before, statusMessage)),
      ...this.#end(progress.status),
    };
    this.#byId.set(activityId, after);
    if (hasEnded(after)) this.#runningIn(after.autoScalingGroupArn).delete(activityId);
    return after;
  }

  find(activityId: string): Activity | undefined {
    return this.#byId.get(activityId);
  }

  /** The activities of a group that still run. */
  runningOf(autoScalingGroupArn: string): readonly string[] {
    return [...this.#runningIn(autoScalingGroupArn)];
  }

  /** Running ones first, then the newest first. */
  list(): readonly Activity[] {
    const newestFirst = [...this.#byId.values()].reverse();
    return [...newestFirst.filter((one) => !hasEnded(one)), ...newestFirst.filter(hasEnded)];
  }

  #end(status: ActivityStatus): { endedAtMs?: number } {
    return FINAL.has(status) ? { endedAtMs: this.#now() } : {};
  }

  #runningIn(autoScalingGroupArn: string): Set<string> {
    const running = this.#running.get(autoScalingGroupArn) ?? new Set();
    this.#running.set(autoScalingGroupArn, running);
    return running;
  }
}

const reasoned = ({ description }: Activity, statusMessage: string) => ({
  statusMessage,
  description: `${description}.  Status Reason: ${statusMessage}`,
});
