import { warmPoolSize } from '../capacity/warm-pool-size.ts';
import { populationByZone, zonesForLaunches } from '../capacity/zone-balance.ts';
import { isEnteringPool, isResting } from '../lifecycle/lifecycle-state.ts';
import type { Member } from '../lifecycle/member.ts';
import type { Surroundings } from '../surroundings.ts';
import type { AutoScalingGroup, Place } from './auto-scaling-group.ts';
import { placesByZone, runs } from './auto-scaling-group.ts';
import { causes } from './causes.ts';
import type { MemberDriver } from './member-driver.ts';

/** Keeps the warm pool of a group at its size, and gives it away. */
export class WarmPoolKeeper {
  readonly #group: AutoScalingGroup;
  readonly #members: MemberDriver;
  readonly #around: Surroundings;

  constructor(group: AutoScalingGroup, members: MemberDriver, around: Surroundings) {
    this.#group = group;
    this.#members = members;
    this.#around = around;
  }

  /** Calls up to `count` members of the pool into service. @returns how many there were */
  promote(count: number, cause: string): number {
    const ready = this.#present().filter(({ lifecycleState }) => isResting(lifecycleState));
    const called = ready.slice(0, count);
    for (const { instanceId } of called) this.#members.apply(instanceId, { type: 'Promote' }, cause);
    return called.length;
  }

  /** Launches what is missing and ends what is too much. @param launch into the pool; false when that cannot be done */
  keep(launch: (place: Place, cause: string) => boolean): void {
    const { warmPool, sizes, deleting } = this.#group;
    const present = this.#present();
    const wanted = warmPool && !warmPool.deleting && !deleting ? warmPoolSize(sizes, warmPool) : 0;
    if (present.length > wanted && runs(this.#group, 'Terminate')) this.#shrink(present, wanted);
    if (present.length < wanted && runs(this.#group, 'Launch')) this.#grow(present, wanted, launch);
  }

  #shrink(present: readonly Member[], wanted: number): void {
    const now = this.#around.timers.now();
    for (const { instanceId } of present.slice(wanted)) {
      const cause = causes.takenFromPool(now, instanceId, present.length, wanted);
      this.#members.apply(instanceId, { type: 'Leave' }, cause);
    }
  }

  #grow(present: readonly Member[], wanted: number, launch: (place: Place, cause: string) => boolean): void {
    const places = placesByZone(this.#group);
    const cause = causes.startedForPool(this.#around.timers.now(), present.length, wanted);
    for (const zone of zonesForLaunches(wanted - present.length, [...places.keys()], populationByZone(present))) {
      if (!launch(places.get(zone) ?? { availabilityZone: zone }, cause)) return;
    }
  }

  /** Members of the pool that are to stay, the oldest first. */
  #present(): readonly Member[] {
    const { members } = this.#group;
    return [...members.values()].filter(
      ({ lifecycleState }) => isEnteringPool(lifecycleState) || isResting(lifecycleState),
    );
  }
}
