import type { LaunchGuard } from '../../core/launch-guard/launch-guard.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import { deploymentGroupKey, launchHoldersKey } from './keys.ts';
import type { Table } from './table.ts';

/** What deployment groups remember of launches that failed. It is read with the group. */
export interface LaunchGuards {
  /** Writes `after` over the one that it was made from. `refused`: somebody was faster, or the group is gone. */
  save(name: DeploymentGroupName, after: LaunchGuard): Promise<'saved' | 'refused'>;
  /**
   * Deployment groups that have held the launches of an Auto Scaling group, or were about to. Whether one still does, its
   * own guard says.
   */
  holdersOf(autoScalingGroupName: string): Promise<readonly DeploymentGroupName[]>;
  /** Notes such a deployment group; before its guard says so, so that nobody overlooks it. */
  addHolder(autoScalingGroupName: string, name: DeploymentGroupName): Promise<void>;
}

/** Launch guards on the items of their groups. */
export class TableLaunchGuards implements LaunchGuards {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async save(name: DeploymentGroupName, after: LaunchGuard): Promise<'saved' | 'refused'> {
    const isFirst = after.version === 1;
    const outcome = await this.#table.update(deploymentGroupKey(name), {
      update: 'SET launchGuard = :after',
      condition: isFirst
        ? 'attribute_exists(pk) AND attribute_not_exists(launchGuard)'
        : 'launchGuard.#version = :before',
      ...(!isFirst && { names: { '#version': 'version' } }),
      values: { ':after': after, ...(!isFirst && { ':before': after.version - 1 }) },
    });
    return outcome === 'refused' ? 'refused' : 'saved';
  }

  async holdersOf(autoScalingGroupName: string): Promise<readonly DeploymentGroupName[]> {
    const { holders = new Set() } = ((await this.#table.get(launchHoldersKey(autoScalingGroupName))) ?? {}) as {
      holders?: ReadonlySet<string>;
    };
    return [...holders].map((holder) => JSON.parse(holder) as DeploymentGroupName);
  }

  async addHolder(
    autoScalingGroupName: string,
    { applicationName, deploymentGroupName }: DeploymentGroupName,
  ): Promise<void> {
    await this.#table.update(launchHoldersKey(autoScalingGroupName), {
      update: 'ADD holders :holder',
      values: { ':holder': new Set([JSON.stringify({ applicationName, deploymentGroupName })]) },
    });
  }
}
