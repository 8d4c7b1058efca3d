import type { DeploymentGroup } from '../../core/deployment-group.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import type { Target } from '../../core/target.ts';
import { guardLaunches, type LaunchGuardPorts } from './guard-launches.ts';
import { holdLaunches } from './hold-launches.ts';

/** What keeps launches of a bad revision from going round in a loop. */
export interface Launches {
  /** A launch deployment has settled, at a group that was like this. Telling it again is harmless. */
  settled(target: Target, group: DeploymentGroup | undefined): Promise<void>;
  /** A launch was refused, as the deployment group has no revision that may be launched. */
  refused(group: DeploymentGroupName, autoScalingGroupName: string): Promise<void>;
}

export class GuardedLaunches implements Launches {
  readonly #ports: LaunchGuardPorts;

  constructor(ports: LaunchGuardPorts) {
    this.#ports = ports;
  }

  settled(target: Target, group: DeploymentGroup | undefined): Promise<void> {
    return guardLaunches(target, group, this.#ports);
  }

  refused(group: DeploymentGroupName, autoScalingGroupName: string): Promise<void> {
    return holdLaunches(group, autoScalingGroupName, this.#ports);
  }
}
