import type { JournalEntry, RehearsalOptions } from '../../rehearsal/index.ts';

type OutcomeRule = NonNullable<NonNullable<RehearsalOptions['simulation']>['outcome']>;

/** How a host answers a lifecycle event; `nth` counts the instances of its group from 0. */
export type HostRule = (event: string, nth: number) => ReturnType<OutcomeRule>;

/** Lets simulated hosts behave by the group they were launched in; hosts without a rule succeed. */
export class HostRules {
  readonly #rules = new Map<string, HostRule>();
  readonly #groups = new Map<string, string[]>();

  set(autoScalingGroupName: string, rule: HostRule): void {
    this.#rules.set(autoScalingGroupName, rule);
  }

  /** Takes note of who was launched where. */
  readonly note = (entry: JournalEntry): void => {
    if (entry.kind !== 'instance' || entry.lifecycleState !== 'Pending') return;
    if (this.launched(entry.autoScalingGroupName).includes(entry.instanceId)) return; // back from Standby
    this.#groups.set(entry.autoScalingGroupName, [...this.launched(entry.autoScalingGroupName), entry.instanceId]);
  };

  readonly outcome: OutcomeRule = (instanceId, event) => {
    const [group, instanceIds] = [...this.#groups].find(([, ids]) => ids.includes(instanceId)) ?? ['', []];
    return this.#rules.get(group)?.(event, instanceIds.indexOf(instanceId)) ?? 'succeed';
  };

  /** The group's instances, gone or not, in the order they were launched. */
  launched(autoScalingGroupName: string): readonly string[] {
    return this.#groups.get(autoScalingGroupName) ?? [];
  }
}
