import type { Instance } from '../../ec2/instance.ts';
import { isAlive } from '../../ec2/instance.ts';
import type { HealthChange } from '../../load-balancing/traffic-port.ts';
import type { Sizes } from '../capacity/sizes.ts';
import type { LifecycleState } from '../lifecycle/lifecycle-state.ts';
import { isInWarmPool, isLaunching, isTerminating } from '../lifecycle/lifecycle-state.ts';
import type { Member } from '../lifecycle/member.ts';
import type { Surroundings } from '../surroundings.ts';
import { ActivityKeeper } from './activity-keeper.ts';
import type { ActivityLog } from './activity-log.ts';
import type { AutoScalingGroup, WarmPool } from './auto-scaling-group.ts';
import { warmMembers } from './auto-scaling-group.ts';
import { CapacityLoop } from './capacity-loop.ts';
import { causes } from './causes.ts';
import { HealthWatch } from './health-watch.ts';
import { MemberDriver } from './member-driver.ts';
import { WarmPoolKeeper } from './warm-pool-keeper.ts';

/** A group and everything that keeps it going. */
export class ManagedGroup {
  readonly group: AutoScalingGroup;
  readonly members: MemberDriver;
  readonly activities: ActivityKeeper;
  readonly capacity: CapacityLoop;
  readonly health: HealthWatch;
  readonly #around: Surroundings;
  readonly #onGone: () => void;

  /** @param onGone called when the last member of a group that is being deleted has left */
  constructor(group: AutoScalingGroup, log: ActivityLog, around: Surroundings, onGone: () => void) {
    this.group = group;
    this.#around = around;
    this.#onGone = onGone;
    this.activities = new ActivityKeeper(group, log, around);
    this.members = new MemberDriver(group, this.activities, around, {
      entered: (member, state) => {
        this.#entered(member, state);
      },
      launchFailed: (abandoned) => {
        if (abandoned) this.capacity.launchFailed();
      },
    });
    this.health = new HealthWatch(group, this.members, around);
    this.capacity = new CapacityLoop({
      group,
      members: this.members,
      activities: this.activities,
      around,
      pool: new WarmPoolKeeper(group, this.members, around),
      replaceUnhealthy: () => {
        this.health.replaceUnhealthy();
      },
    });
  }

  /** Gives the group other sizes; the capacity loop follows. @param trigger why, for the activities to come */
  resize(sizes: Sizes, trigger?: string): void {
    this.group.sizes = sizes;
    if (trigger !== undefined) this.group.trigger = trigger;
    this.capacity.wake();
  }

  /** Gives the group a warm pool, another one, or none; the capacity loop follows. */
  keepWarm(warmPool: WarmPool | undefined): void {
    if (warmPool) this.group.warmPool = warmPool;
    else delete this.group.warmPool;
    this.capacity.wake();
  }

  /** EC2 reports a machine of the group. */
  machineChanged(instance: Instance): void {
    if (instance.state === 'running') {
      this.members.apply(instance.instanceId, { type: 'InstanceRunning' });
      return;
    }
    const member = this.group.members.get(instance.instanceId);
    if (!member || isAlive(instance) || isTerminating(member.lifecycleState)) return;
    if (isInWarmPool(member.lifecycleState)) {
      // The pool itself stops its machines; one that ends behind its back is replaced.
      if (instance.state === 'shutting-down') {
        const cause = causes.unhealthyMachine(this.#around.timers.now());
        this.members.apply(instance.instanceId, { type: 'Leave' }, cause);
      }
      return;
    }
    // Without a pause, a machine that cannot start would be replaced as fast as it fails.
    if (isLaunching(member.lifecycleState)) this.capacity.launchFailed();
    this.health.examine(instance.instanceId);
  }

  /** A target group reports a member. */
  targetChanged({ targetGroupArn, instanceId, state }: HealthChange): void {
    if (!this.group.targetGroupArns.has(targetGroupArn)) return;
    if (state === 'healthy') this.group.provenTargetGroups.add(targetGroupArn);
    if (state === 'unhealthy') this.health.examine(instanceId);
  }

  /** Ends the group with all its members; it is gone when they are. */
  deleteByForce(cause: string): void {
    this.group.deleting = true;
    this.group.sizes = { min: 0, max: 0, desired: 0 };
    for (const instanceId of [...this.group.members.keys()]) this.members.apply(instanceId, { type: 'Leave' }, cause);
    this.#endIfEmpty();
  }

  #entered(member: Member, state: LifecycleState): void {
    switch (state) {
      case 'InService':
        this.capacity.launchSucceeded();
        this.health.examine(member.instanceId);
        break;
      case 'Detached':
        this.#around.machines.find(member.instanceId)?.tags.delete('aws:autoscaling:groupName');
        this.health.forget(member.instanceId);
        break;
      case 'Terminating':
      case 'EnteringStandby':
        this.health.forget(member.instanceId);
        break;
      default:
    }
    if (this.group.warmPool?.deleting && warmMembers(this.group).length === 0) delete this.group.warmPool;
    this.capacity.wake();
    this.#endIfEmpty();
  }

  #endIfEmpty(): void {
    if (this.group.deleting && this.group.members.size === 0) this.#onGone();
  }
}
