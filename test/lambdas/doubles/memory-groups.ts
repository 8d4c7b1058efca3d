import type { AutoScalingGroups } from '../../../adapters/auto-scaling/auto-scaling-groups.ts';

/** Auto Scaling groups of which only the suspended processes matter. */
export class MemoryGroups implements AutoScalingGroups {
  readonly suspended = new Map<string, Set<string>>();

  describe: AutoScalingGroups['describe'] = (names) =>
    Promise.resolve(
      names.map((autoScalingGroupName) => ({
        autoScalingGroupName,
        members: [],
        suspended: [...this.#of(autoScalingGroupName)],
      })),
    );

  suspend: AutoScalingGroups['suspend'] = (name, processes) => {
    for (const process of processes) this.#of(name).add(process);
    return Promise.resolve('done');
  };

  resume: AutoScalingGroups['resume'] = (name, processes) => {
    for (const process of processes) this.#of(name).delete(process);
    return Promise.resolve('done');
  };

  #of(name: string): Set<string> {
    const found = this.suspended.get(name) ?? new Set<string>();
    this.suspended.set(name, found);
    return found;
  }
}
