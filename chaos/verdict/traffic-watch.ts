import type { TargetGroups } from '../../rehearsal/load-balancing/targets/target-groups.ts';

/** Watches in the course of a life that hosts are worked on without traffic, and have it again when they are told so. */
export class TrafficWatch {
  readonly complaints: string[] = [];
  readonly #targetGroups: TargetGroups;

  readonly #isInService: (instanceId: string) => boolean;

  /** @param isInService a host that leaves has lost its traffic to Auto Scaling by then */
  constructor(targetGroups: TargetGroups, isInService: (instanceId: string) => boolean) {
    this.#targetGroups = targetGroups;
    this.#isInService = isInService;
  }

  /** A host begins a lifecycle event of a deployment in place. */
  look(eventName: string, instanceId: string): void {
    for (const { name, targets } of this.#targetGroups.list()) {
      const state = [...targets.values()].find(({ id }) => id === instanceId)?.health.state;
      if (eventName === 'AfterBlockTraffic' && state !== undefined)
        this.complaints.push(`${instanceId} is told that its traffic is blocked, and is ${state} with ${name}`);
      if (eventName === 'AfterAllowTraffic' && state === undefined && this.#isInService(instanceId))
        this.complaints.push(`${instanceId} is told that it has its traffic, and is not registered with ${name}`);
    }
  }
}
