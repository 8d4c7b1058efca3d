import type { HookDirection } from '../../core/lifecycle-hook.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import { hookSharersKey } from './keys.ts';
import type { Table } from './table.ts';

/** A deployment group that shares the hooks of an Auto Scaling group. */
export interface HookSharer extends DeploymentGroupName {
  readonly directions: readonly HookDirection[];
}

/** The deployment groups that share the hooks of one Auto Scaling group. */
export interface Sharing {
  /** In the order in which a launch goes through them. */
  readonly sharers: readonly HookSharer[];
  /** Counts the changes; 0 before the first. */
  readonly version: number;
}

/**
 * Which deployment groups of the API share the hooks of which Auto Scaling group. Auto Scaling puts hooks without a
 * condition, so that two calls at once would overwrite each other's: whoever changes a hook writes down here first what
 * it is to name.
 */
export interface HookSharers {
  of(autoScalingGroupName: string): Promise<Sharing>;
  /** Writes a change of what was read. `refused`: somebody else was faster. */
  save(autoScalingGroupName: string, before: Sharing, sharers: readonly HookSharer[]): Promise<'saved' | 'refused'>;
}

/** In the table, one item for each Auto Scaling group. */
export class TableHookSharers implements HookSharers {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async of(autoScalingGroupName: string): Promise<Sharing> {
    const item = await this.#table.get(hookSharersKey(autoScalingGroupName));
    const { sharers = [], version = 0 } = (item ?? {}) as Partial<Sharing>;
    return { sharers, version };
  }

  async save(
    autoScalingGroupName: string,
    { version }: Sharing,
    sharers: readonly HookSharer[],
  ): Promise<'saved' | 'refused'> {
    const outcome = await this.#table.update(hookSharersKey(autoScalingGroupName), {
      update: 'SET sharers = :sharers, version = :next',
      condition: version === 0 ? 'attribute_not_exists(pk)' : 'version = :version',
      values: { ':sharers': sharers, ':next': version + 1, ...(version > 0 && { ':version': version }) },
    });
    return outcome === 'refused' ? 'refused' : 'saved';
  }
}
