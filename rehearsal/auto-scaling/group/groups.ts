import { AwsError } from '../../endpoint/service.ts';
import { groupNotFound } from '../faults.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ActivityLog } from './activity-log.ts';
import type { AutoScalingGroup } from './auto-scaling-group.ts';
import { ManagedGroup } from './managed-group.ts';

/** All groups of the account, by name. */
export class Groups {
  readonly #byName = new Map<string, ManagedGroup>();
  readonly #log: ActivityLog;
  readonly #around: Surroundings;
  readonly #goneListeners = new Map<string, (() => void)[]>();

  constructor(log: ActivityLog, around: Surroundings) {
    this.#log = log;
    this.#around = around;
    around.machines.onStateChange((instance) => this.ofInstance(instance.instanceId)?.machineChanged(instance));
    around.traffic.onHealthChange((change) => this.ofInstance(change.instanceId)?.targetChanged(change));
  }

  list(): readonly ManagedGroup[] {
    return [...this.#byName.values()];
  }

  find(name: string): ManagedGroup | undefined {
    return this.#byName.get(name);
  }

  /** @param name or ARN. @throws AwsError ValidationError */
  get(name: string): ManagedGroup {
    const found = this.#byName.get(name.replace(/^arn:.*:autoScalingGroupName\//, ''));
    if (!found) throw groupNotFound(name);
    return found;
  }

  ofInstance(instanceId: string): ManagedGroup | undefined {
    for (const managed of this.#byName.values()) if (managed.group.members.has(instanceId)) return managed;
    return undefined;
  }

  /** @throws AwsError AlreadyExists */
  requireFree(name: string): void {
    const holder = this.#byName.get(name);
    if (!holder) return;
    const why = holder.group.deleting ? ' and is pending delete' : ` - A group with the name ${name} already exists`;
    throw new AwsError('AlreadyExists', `AutoScalingGroup by this name already exists${why}`);
  }

  /** @throws AwsError AlreadyExists */
  add(group: AutoScalingGroup): ManagedGroup {
    this.requireFree(group.name);
    const managed = new ManagedGroup(group, this.#log, this.#around, () => {
      this.remove(group.name);
    });
    this.#byName.set(group.name, managed);
    return managed;
  }

  remove(name: string): void {
    this.#byName.delete(name);
    for (const listener of this.#goneListeners.get(name) ?? []) listener();
    this.#goneListeners.delete(name);
  }

  /** Resolves when no group has this name. */
  gone(name: string): Promise<void> {
    if (!this.#byName.has(name)) return Promise.resolve();
    return new Promise((resolve) => {
      const waiting = this.#goneListeners.get(name) ?? [];
      this.#goneListeners.set(name, [...waiting, resolve]);
    });
  }
}
