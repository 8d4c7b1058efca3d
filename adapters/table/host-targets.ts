import { TARGETS_OF_HOST } from '../../core/deployment-lists.ts';
import { DEPLOYMENT_PREFIX } from './keys.ts';
import type { Table } from './table.ts';

/** Which deployments a host was ever a target of. */
export interface HostTargets {
  /** Ids of its deployments, the oldest first, of the last so many. They may lag behind the records by a moment. */
  deploymentsOf(instanceId: string, most: number): Promise<readonly string[]>;
}

/** By the index of the table that has all targets by host. */
export class TableHostTargets implements HostTargets {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async deploymentsOf(instanceId: string, most: number): Promise<readonly string[]> {
    const { items } = await this.#table.queryIndex({
      ...TARGETS_OF_HOST,
      value: instanceId,
      from: '0',
      to: '9999',
      limit: most,
    });
    return items.map(({ pk }) => String(pk).slice(DEPLOYMENT_PREFIX.length)).reverse();
  }
}
