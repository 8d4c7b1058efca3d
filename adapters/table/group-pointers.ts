import type { DeploymentGroupName } from '../../core/names.ts';
import { deploymentGroupKey, GROUP_NAME_PREFIX, groupNameKey, applicationRecords } from './keys.ts';
import type { Page } from './page.ts';
import type { Table } from './table.ts';

/** Names of deployment groups. Each leads to a record, which holds the group's first name and never moves. */
export class GroupPointers {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** The record that a name leads to; it may be gone, when a deletion broke off. */
  async follow(recordName: string, deploymentGroupName: string): Promise<DeploymentGroupName | undefined> {
    const pointer = await this.#table.get(groupNameKey(recordName, deploymentGroupName));
    return pointer && { applicationName: recordName, deploymentGroupName: String(pointer['leadsTo']) };
  }

  async names(recordName: string, after: string | undefined, limit: number): Promise<Page<string>> {
    const { items, last } = await this.#table.query(applicationRecords(recordName), {
      prefix: GROUP_NAME_PREFIX,
      after: after && GROUP_NAME_PREFIX + after,
      limit,
    });
    return { items: items.map(({ sk }) => nameIn(sk)), last: last && nameIn(last) };
  }

  /** @returns whether the name now leads to this record, or did before */
  async point(deploymentGroupName: string, group: DeploymentGroupName): Promise<boolean> {
    const { applicationName: recordName, deploymentGroupName: leadsTo } = group;
    const before = await this.follow(recordName, deploymentGroupName);
    const isTaken =
      before && before.deploymentGroupName !== leadsTo && (await this.#table.get(deploymentGroupKey(before)));
    if (isTaken) return false;
    const outcome = await this.#table.put(
      groupNameKey(recordName, deploymentGroupName),
      { leadsTo },
      {
        condition: 'attribute_not_exists(pk) OR leadsTo = :before',
        values: { ':before': before?.deploymentGroupName ?? leadsTo },
      },
    );
    return outcome === 'done';
  }

  /** Removes a name, unless it leads elsewhere by now. */
  async remove(deploymentGroupName: string, group: DeploymentGroupName): Promise<void> {
    await this.#table.delete(groupNameKey(group.applicationName, deploymentGroupName), {
      condition: 'leadsTo = :group',
      values: { ':group': group.deploymentGroupName },
    });
  }
}

function nameIn(sk: unknown): string {
  return String(sk).slice(GROUP_NAME_PREFIX.length);
}
