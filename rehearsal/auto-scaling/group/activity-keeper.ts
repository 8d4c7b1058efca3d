import type { LifecycleState } from '../lifecycle/lifecycle-state.ts';
import type { Member } from '../lifecycle/member.ts';
import { activityEvent, type ActivityOutcome } from '../notifications/activity-event.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Activity } from './activity.ts';
import { progressAt } from './activity.ts';
import type { ActivityLog } from './activity-log.ts';
import type { AutoScalingGroup } from './auto-scaling-group.ts';

/** What an activity does to its instance, in the words of its description; that of a return to the pool is a guess. */
const DESCRIPTIONS = {
  launch: 'Launching a new EC2 instance',
  launchIntoPool: 'Launching a new EC2 instance into warm pool',
  launchFromPool: 'Launching a new EC2 instance from warm pool',
  returnToPool: 'Returning EC2 instance to warm pool',
  terminateInPool: 'Terminating EC2 instance from warm pool',
  terminate: 'Terminating EC2 instance',
  enterStandby: 'Moving EC2 instance to Standby',
  exitStandby: 'Moving EC2 instance out of Standby',
  detach: 'Detaching EC2 instance',
  attach: 'Attaching an existing EC2 instance',
} as const;
type ActivityKind = keyof typeof DESCRIPTIONS;

const SUCCESSES: { readonly [kind in ActivityKind]?: ActivityOutcome } = {
  launch: 'EC2 Instance Launch Successful',
  launchIntoPool: 'EC2 Instance Launch Successful',
  launchFromPool: 'EC2 Instance Launch Successful',
  terminateInPool: 'EC2 Instance Terminate Successful',
  terminate: 'EC2 Instance Terminate Successful',
};

const LAUNCHES: ReadonlySet<ActivityKind> = new Set(['launch', 'launchIntoPool', 'launchFromPool']);
const BEFORE_SERVICE: ReadonlySet<ActivityKind> = new Set([...LAUNCHES, 'exitStandby']);

/** Keeps the one running activity of each member in step with its lifecycle. */
export class ActivityKeeper {
  readonly #group: AutoScalingGroup;
  readonly #log: ActivityLog;
  readonly #around: Surroundings;
  readonly #current = new Map<string, { readonly activityId: string; readonly kind: ActivityKind }>();

  constructor(group: AutoScalingGroup, log: ActivityLog, around: Surroundings) {
    this.#group = group;
    this.#log = log;
    this.#around = around;
  }

  begin(kind: ActivityKind, { instanceId, availabilityZone }: Member, cause: string): Activity {
    const subnetId = this.#around.machines.find(instanceId)?.subnetId;
    const activity = this.#log.begin({
      autoScalingGroupName: this.#group.name,
      autoScalingGroupArn: this.#group.arn,
      instanceId,
      description: `${DESCRIPTIONS[kind]}: ${instanceId}`,
      cause,
      status: BEFORE_SERVICE.has(kind) ? 'PreInService' : 'InProgress',
      progress: BEFORE_SERVICE.has(kind) ? 30 : 50,
      availabilityZone,
      ...(subnetId !== undefined && { subnetId }),
    });
    this.#current.set(instanceId, { activityId: activity.activityId, kind });
    return activity;
  }

  /** An activity that ends as it begins, about the group as a whole: something that could not be done. */
  refuse(description: string, cause: string, status: 'Cancelled' | 'Failed'): void {
    const { name: autoScalingGroupName, arn: autoScalingGroupArn } = this.#group;
    this.#log.begin({ autoScalingGroupName, autoScalingGroupArn, description, cause, status, progress: 100 });
  }

  currentOf(instanceId: string): Activity | undefined {
    const current = this.#current.get(instanceId);
    return current && this.#log.find(current.activityId);
  }

  entered(instanceId: string, state: LifecycleState): void {
    const current = this.#current.get(instanceId);
    const progress = progressAt(state);
    if (!current || !progress) return;
    const activity = this.#log.progress(current.activityId, progress);
    if (progress.status !== 'Successful') return;
    this.#finish(instanceId, activity, SUCCESSES[current.kind]);
  }

  draining(instanceId: string): void {
    const current = this.#current.get(instanceId);
    if (current) this.#log.progress(current.activityId, { status: 'WaitingForELBConnectionDraining', progress: 50 });
  }

  cancel(instanceId: string, message: string): void {
    const current = this.#current.get(instanceId);
    if (!current) return;
    const activity = this.#log.progress(current.activityId, { status: 'Cancelled', progress: 100 }, message);
    this.#finish(instanceId, activity, LAUNCHES.has(current.kind) ? 'EC2 Instance Launch Unsuccessful' : undefined);
  }

  #finish(instanceId: string, activity: Activity | undefined, outcome: ActivityOutcome | undefined): void {
    this.#current.delete(instanceId);
    if (activity && outcome) this.#around.ground.emit(activityEvent(outcome, activity));
  }
}
