import type { DeploymentGroup } from '../../core/deployment-group.ts';
import type { GroupSettings } from '../../core/group-settings.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import { GroupPointers } from './group-pointers.ts';
import { deploymentGroupKey } from './keys.ts';
import type { Page } from './page.ts';
import type { Item, Table } from './table.ts';

/** Deployment groups as callers of the API know them: by names that may change. @param recordName the application's */
export interface NamedGroups {
  /** The group that is called so today, with the names that records know it by. */
  find(recordName: string, deploymentGroupName: string): Promise<DeploymentGroup | undefined>;
  /** The group of the names that records know it by, whatever it is called today. */
  byRecord(name: DeploymentGroupName): Promise<DeploymentGroup | undefined>;
  /** Names of today in alphabetical order. */
  names(recordName: string, after: string | undefined, limit: number): Promise<Page<string>>;
  /** Makes a group. @param newId for its record, when another group's stands under the name */
  create(
    recordName: string,
    deploymentGroupName: string,
    settings: GroupSettings,
    newId: string,
  ): Promise<DeploymentGroup | 'exists'>;
  /** Writes settings over those that the given group has. `refused`: somebody changed them since, or it is gone. */
  save(group: DeploymentGroup, settings: GroupSettings): Promise<'saved' | 'refused'>;
  /** Gives it another name. Whoever repeats a call that broke off completes it. `exists`: the name is another's. */
  rename(group: DeploymentGroup, from: string, to: string): Promise<'renamed' | 'exists'>;
  /** Whoever repeats a call that broke off completes it. */
  delete(group: DeploymentGroupName, deploymentGroupName: string): Promise<void>;
}

/** Deployment groups in the table: a record, and a name that leads to it. */
export class TableNamedGroups implements NamedGroups {
  readonly #table: Table;
  readonly #pointers: GroupPointers;

  constructor(table: Table) {
    this.#table = table;
    this.#pointers = new GroupPointers(table);
  }

  async find(recordName: string, deploymentGroupName: string): Promise<DeploymentGroup | undefined> {
    const name = await this.#pointers.follow(recordName, deploymentGroupName);
    return name && this.byRecord(name);
  }

  async byRecord(name: DeploymentGroupName): Promise<DeploymentGroup | undefined> {
    return (await this.#table.get(deploymentGroupKey(name))) as DeploymentGroup | undefined;
  }

  names(recordName: string, after: string | undefined, limit: number): Promise<Page<string>> {
    return this.#pointers.names(recordName, after, limit);
  }

  async create(
    recordName: string,
    deploymentGroupName: string,
    settings: GroupSettings,
    newId: string,
  ): Promise<DeploymentGroup | 'exists'> {
    if (await this.find(recordName, deploymentGroupName)) return 'exists';
    const created = await this.#createRecord({ applicationName: recordName, deploymentGroupName }, settings, newId);
    if (await this.#pointers.point(deploymentGroupName, created)) return created;
    await this.#deleteRecord(created);
    return 'exists';
  }

  async save(group: DeploymentGroup, settings: GroupSettings): Promise<'saved' | 'refused'> {
    const { settingsVersion = 0 } = group;
    const outcome = await this.#table.update(deploymentGroupKey(group), {
      update:
        'SET settings = :settings, settingsVersion = :next, deploysTerminations = :terminations, ' +
        'deploymentOption = :option' +
        (settings.loadBalancerInfo ? ', loadBalancerInfo = :balancer' : ' REMOVE loadBalancerInfo'),
      condition: 'settingsVersion = :version',
      values: {
        ':settings': settings,
        ':version': settingsVersion,
        ':next': settingsVersion + 1,
        ':terminations': settings.terminationHookEnabled,
        ':option': settings.deploymentStyle.deploymentOption,
        ...(settings.loadBalancerInfo && { ':balancer': settings.loadBalancerInfo }),
      },
    });
    return outcome === 'refused' ? 'refused' : 'saved';
  }

  async rename(group: DeploymentGroup, from: string, to: string): Promise<'renamed' | 'exists'> {
    if (!(await this.#pointers.point(to, group))) return 'exists';
    await this.#pointers.remove(from, group);
    return 'renamed';
  }

  async delete(group: DeploymentGroupName, deploymentGroupName: string): Promise<void> {
    await this.#deleteRecord(group);
    await this.#pointers.remove(deploymentGroupName, group);
  }

  /** A name may have been another group's first one: then that record still stands there, and this one goes elsewhere. */
  async #createRecord(name: DeploymentGroupName, settings: GroupSettings, newId: string): Promise<DeploymentGroup> {
    for (const deploymentGroupName of [name.deploymentGroupName, newId]) {
      const record = {
        ...name,
        deploymentGroupName,
        ignoreApplicationStopFailures: false,
        fileExistsBehavior: 'DISALLOW' as const,
        ...readByTheEngine(settings),
        settings,
        settingsVersion: 1,
      };
      const guard = { condition: 'attribute_not_exists(pk)' };
      if ((await this.#table.put(deploymentGroupKey(record), record as unknown as Item, guard)) === 'done')
        return record;
    }
    throw new Error(`There is a record of ${newId} already, though the id is new`);
  }

  /** A group that a template declares goes with its declaration alone. */
  async #deleteRecord(group: DeploymentGroupName): Promise<void> {
    await this.#table.delete(deploymentGroupKey(group), { condition: 'attribute_not_exists(stackId)' });
  }
}

/** What launches and terminations go by, where the template of another group would have declared it. */
function readByTheEngine({ terminationHookEnabled, deploymentStyle, loadBalancerInfo }: GroupSettings) {
  return {
    deploysTerminations: terminationHookEnabled,
    deploymentOption: deploymentStyle.deploymentOption,
    ...(loadBalancerInfo && { loadBalancerInfo }),
  };
}
