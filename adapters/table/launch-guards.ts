import type { LaunchGuard } from '../../core/launch-guard/launch-guard.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import { deploymentGroupKey } from './keys.ts';
import type { Table } from './table.ts';

/** What deployment groups remember of launches that failed. It is read with the group. */
export interface LaunchGuards {
  /** Writes `after` over the one that it was made from. `refused`: somebody was faster, or the group is gone. */
  save(name: DeploymentGroupName, after: LaunchGuard): Promise<'saved' | 'refused'>;
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
}
