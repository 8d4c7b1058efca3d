import { randomUUID } from 'node:crypto';

import type { DeploymentGroup } from '../../core/deployment-group.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import type { Revision } from '../../core/revision.ts';
import { GroupPointers } from './group-pointers.ts';
import { applicationKey, applicationNameKey, deploymentGroupKey } from './keys.ts';
import type { Item, Table } from './table.ts';

/** The resource of a template that declares a deployment group. */
export interface Declaration {
  readonly stackId: string;
  readonly logicalResourceId: string;
}

/** Records of applications and deployment groups. */
export interface DeploymentGroups {
  byName(name: DeploymentGroupName): Promise<DeploymentGroup | undefined>;
  /** Writes what a template declares. `refused`: another stack declares the group, or the API has made it. */
  declare(group: DeploymentGroup, by: Declaration): Promise<'declared' | 'refused'>;
  /** Removes a declaration, and the application with its last group. Does nothing if it stands elsewhere by now. */
  withdraw(name: DeploymentGroupName, by: Declaration): Promise<void>;
  /** Remembers the revision of a deployment that succeeded. */
  remember(name: DeploymentGroupName, revision: Revision): Promise<void>;
}

/** Deployment groups in the table. */
export class TableDeploymentGroups implements DeploymentGroups {
  readonly #table: Table;
  readonly #pointers: GroupPointers;
  readonly #clock: () => number;

  constructor(table: Table, clock: () => number) {
    this.#table = table;
    this.#pointers = new GroupPointers(table);
    this.#clock = clock;
  }

  async byName(name: DeploymentGroupName): Promise<DeploymentGroup | undefined> {
    const item = await this.#table.get(deploymentGroupKey(name));
    return item && groupIn(item);
  }

  async declare(group: DeploymentGroup, { stackId, logicalResourceId }: Declaration): Promise<'declared' | 'refused'> {
    const { revision, instanceRoleArn, deploymentOption, loadBalancerInfo, silenceLimitSeconds, isRolledOut } = group;
    const { launchFailureLimit, launchRevision } = group;
    const optional = {
      ...{ revision, instanceRoleArn, deploymentOption, loadBalancerInfo },
      ...{ silenceLimitSeconds, launchFailureLimit, launchRevision, isRolledOut },
    };
    // A stack that moves the declaration to another logical id creates the new one before it deletes the old.
    const outcome = await this.#table.update(deploymentGroupKey(group), {
      update:
        'SET applicationName = :application, deploymentGroupName = :group, deploysTerminations = :terminations, ' +
        'ignoreApplicationStopFailures = :ignoreStop, fileExistsBehavior = :fileExists, ' +
        'stackId = :stackId, logicalResourceId = :logicalId' +
        setOrRemove(optional),
      condition: 'attribute_not_exists(pk) OR stackId = :stackId',
      values: {
        ':application': group.applicationName,
        ':group': group.deploymentGroupName,
        ':terminations': group.deploysTerminations,
        ':ignoreStop': group.ignoreApplicationStopFailures,
        ':fileExists': group.fileExistsBehavior,
        ':stackId': stackId,
        ':logicalId': logicalResourceId,
        ...givenValues(optional),
      },
    });
    if (outcome === 'refused') return 'refused';
    if (!(await this.#pointers.point(group.deploymentGroupName, group))) {
      // The name is another group's by a rename; had this stack declared it before, the name would lead here.
      await this.#table.delete(deploymentGroupKey(group), {
        condition: 'stackId = :stackId',
        values: { ':stackId': stackId },
      });
      return 'refused';
    }
    await this.#enterApplication(group);
    return 'declared';
  }

  /** Makes the group's application, unless it is there: templates do not declare applications by themselves. */
  async #enterApplication({ applicationName: recordName, deploymentGroupName }: DeploymentGroupName): Promise<void> {
    const record = await this.#table.update(applicationKey(recordName), {
      update:
        'SET applicationId = if_not_exists(applicationId, :id), ' +
        'applicationName = if_not_exists(applicationName, :name), computePlatform = if_not_exists(computePlatform, :platform), ' +
        'createdAtMs = if_not_exists(createdAtMs, :now) ADD deploymentGroups :group',
      values: {
        ':id': randomUUID(),
        ':name': recordName,
        ':platform': 'Server',
        ':now': this.#clock(),
        ':group': new Set([deploymentGroupName]),
      },
    });
    const { applicationId, applicationName } = record as { applicationId: string; applicationName: string };
    await this.#table.put(
      applicationNameKey(applicationName),
      { applicationId, recordName },
      { condition: 'attribute_not_exists(pk)' },
    );
  }

  async withdraw(name: DeploymentGroupName, { stackId, logicalResourceId }: Declaration): Promise<void> {
    const outcome = await this.#table.delete(deploymentGroupKey(name), {
      condition: 'attribute_not_exists(pk) OR (stackId = :stackId AND logicalResourceId = :logicalId)',
      values: { ':stackId': stackId, ':logicalId': logicalResourceId },
    });
    if (outcome === 'refused') return;
    await this.#pointers.remove(name.deploymentGroupName, name);
    const record = await this.#table.update(applicationKey(name.applicationName), {
      update: 'DELETE deploymentGroups :name',
      values: { ':name': new Set([name.deploymentGroupName]) },
    });
    const left = await this.#table.delete(applicationKey(name.applicationName), {
      condition: 'attribute_not_exists(deploymentGroups) AND attribute_not_exists(isKept)',
    });
    const { applicationId, applicationName } = record as { applicationId?: string; applicationName?: string };
    if (left === 'refused' || applicationId === undefined || applicationName === undefined) return;
    await this.#table.delete(applicationNameKey(applicationName), {
      condition: 'applicationId = :id',
      values: { ':id': applicationId },
    });
  }

  async remember(name: DeploymentGroupName, revision: Revision): Promise<void> {
    await this.#table.update(deploymentGroupKey(name), {
      update: 'SET lastSuccessfulRevision = :revision',
      condition: 'attribute_exists(pk)',
      values: { ':revision': revision },
    });
  }
}

/** What the template no longer declares must go from the record as well. */
function setOrRemove(attributes: Item): string {
  const names = Object.keys(attributes);
  const set = names.filter((name) => attributes[name] !== undefined);
  const removed = names.filter((name) => attributes[name] === undefined);
  return [
    ...set.map((name) => `, ${name} = :${name}`),
    ...(removed.length > 0 ? [` REMOVE ${removed.join(', ')}`] : []),
  ].join('');
}

/** Values of the attributes that `setOrRemove` sets. */
function givenValues(attributes: Item): Item {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [`:${name}`, value]));
}

/** What an item says of a deployment group. */
export function groupIn(item: Item): DeploymentGroup {
  return item as unknown as DeploymentGroup;
}
