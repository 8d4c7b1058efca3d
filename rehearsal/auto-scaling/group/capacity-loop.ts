import { AwsError } from '../../endpoint/service.ts';
import { pauseAfterFailures } from '../capacity/slow-down.ts';
import { chooseToTerminate } from '../capacity/termination-choice.ts';
import { populationByZone, zonesForLaunches } from '../capacity/zone-balance.ts';
import type { Member } from '../lifecycle/member.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ActivityKeeper } from './activity-keeper.ts';
import type { AutoScalingGroup, Place } from './auto-scaling-group.ts';
import { countedMembers, placesByZone, runs } from './auto-scaling-group.ts';
import { causes } from './causes.ts';
import type { MemberDriver } from './member-driver.ts';
import type { WarmPoolKeeper } from './warm-pool-keeper.ts';

interface CapacityLoopDependencies {
  readonly group: AutoScalingGroup;
  readonly members: MemberDriver;
  readonly activities: ActivityKeeper;
  readonly around: Surroundings;
  readonly pool: WarmPoolKeeper;
  /** Runs first in each round. */
  replaceUnhealthy(): void;
}

/** Brings the members of a group to its desired capacity. Sleeps until something wakes it; many calls make one round. */
export class CapacityLoop {
  readonly #it: CapacityLoopDependencies;
  #awake = false;
  #failures = 0;
  #launchNotBeforeMs = 0;

  constructor(dependencies: CapacityLoopDependencies) {
    this.#it = dependencies;
  }

  wake(afterMs: number = this.#it.around.reactionMs): void {
    if (this.#awake) return;
    this.#awake = true;
    this.#it.around.timers.after(afterMs, () => {
      this.#awake = false;
      this.#round();
    });
  }

  /** Launches of a group that keeps failing are slowed down. */
  launchFailed(): void {
    const now = this.#it.around.timers.now();
    // Launches that fail together count once.
    if (now < this.#launchNotBeforeMs) return;
    this.#failures += 1;
    this.#launchNotBeforeMs = now + pauseAfterFailures(this.#failures);
  }

  launchSucceeded(): void {
    this.#failures = 0;
  }

  #round(): void {
    this.#it.replaceUnhealthy();
    const { group } = this.#it;
    const counted = countedMembers(group);
    const missing = group.sizes.desired - counted.length;
    if (missing > 0 && runs(group, 'Launch')) this.#scaleOut(missing, counted);
    if (missing < 0 && runs(group, 'Terminate')) this.#scaleIn(-missing, counted);
    delete group.trigger;
    this.#it.pool.keep((place, cause) => !this.#isSlowedDown() && this.#launch(place, cause, 'Warmed:Pending'));
  }

  #scaleOut(missing: number, counted: readonly Member[]): void {
    const { group, around, pool } = this.#it;
    if (this.#isSlowedDown()) return;
    const places = placesByZone(group);
    const cause = this.#withTrigger(causes.started(around.timers.now(), counted.length, counted.length + missing));
    // What the warm pool has ready goes first; the rest is launched as without one.
    const cold = missing - pool.promote(missing, cause);
    for (const zone of zonesForLaunches(cold, [...places.keys()], populationByZone(counted))) {
      if (!this.#launch(places.get(zone) ?? { availabilityZone: zone }, cause, 'Pending')) return;
    }
  }

  /** Whether launches have to wait; if so, the loop wakes when they need not any more. */
  #isSlowedDown(): boolean {
    const pauseMs = this.#launchNotBeforeMs - this.#it.around.timers.now();
    if (pauseMs > 0) this.wake(pauseMs);
    return pauseMs > 0;
  }

  #launch(place: Place, cause: string, into: 'Pending' | 'Warmed:Pending'): boolean {
    try {
      this.#it.members.launch(place, cause, into);
      return true;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const why = `${error.message}. Launching EC2 instance failed.`;
      this.#it.activities.refuse(`Launching a new EC2 instance.  Status Reason: ${why}`, cause, 'Failed');
      this.launchFailed();
      this.wake();
      return false;
    }
  }

  #scaleIn(surplus: number, counted: readonly Member[]): void {
    const { group, members, activities, around } = this.#it;
    const now = around.timers.now();
    const chosen = chooseToTerminate(counted, surplus, group.settings.terminationPolicies);
    for (const { instanceId } of chosen) {
      const taken = causes.takenOut(now, instanceId, counted.length, counted.length - surplus);
      const type = group.warmPool?.reuseOnScaleIn && !group.warmPool.deleting ? 'ReturnToPool' : 'Leave';
      members.apply(instanceId, { type }, this.#withTrigger(taken));
    }
    if (chosen.length < surplus && group.trigger !== undefined) {
      activities.refuse(ALL_PROTECTED, group.trigger, 'Cancelled');
    }
  }

  #withTrigger(sentence: string): string {
    const { trigger } = this.#it.group;
    return trigger === undefined ? sentence : `${trigger}  ${sentence}`;
  }
}

const ALL_PROTECTED =
  'Could not scale to desired capacity because all remaining instances are protected from scale-in.';
