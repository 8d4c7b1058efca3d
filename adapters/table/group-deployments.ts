import type { GroupHistory, PastDeployment } from '../../core/fleet-deployment.ts';
import { groupHistoryKey } from './keys.ts';
import type { Table } from './table.ts';

/** Whose turn it is in a deployment group: it has one fleet deployment at a time. */
export interface GroupDeployments {
  history(deploymentGroupId: string): Promise<GroupHistory>;
  /**
   * Takes the group for a deployment.
   * @param from the deployment that hands the group on to this one, or whose record shows that it has ended
   * @returns the deployment that has it: another when it is taken
   */
  take(deploymentGroupId: string, deploymentId: string, atMs: number, from?: string): Promise<Active>;
  /** Gives the group free, if it is this deployment's. */
  release(deploymentGroupId: string, deploymentId: string): Promise<void>;
  /** Notes a deployment as the last attempted, unless a later one is noted. */
  attempted(deploymentGroupId: string, deployment: PastDeployment): Promise<void>;
  /** The same as the last that succeeded. */
  succeeded(deploymentGroupId: string, deployment: PastDeployment): Promise<void>;
  /**
   * Forgets all of it, because the group is deleted. One that runs keeps the group to its end: another of the same name
   * would have the same hosts, and its id.
   */
  forget(deploymentGroupId: string): Promise<void>;
}

/** The deployment that a group is taken by. */
export interface Active {
  readonly deploymentId: string;
  /** Milliseconds since the epoch. */
  readonly sinceMs: number;
}

/** The deployments of groups in the table: an item for each group, under the id that survives its rename. */
export class TableGroupDeployments implements GroupDeployments {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async history(deploymentGroupId: string): Promise<GroupHistory> {
    return ((await this.#table.get(groupHistoryKey(deploymentGroupId))) ?? {}) as GroupHistory;
  }

  async take(deploymentGroupId: string, deploymentId: string, atMs: number, from = deploymentId): Promise<Active> {
    const outcome = await this.#table.update(groupHistoryKey(deploymentGroupId), {
      update: 'SET activeDeploymentId = :deployment, activeSinceMs = :now',
      condition: 'attribute_not_exists(activeDeploymentId) OR activeDeploymentId IN (:deployment, :from)',
      values: { ':deployment': deploymentId, ':from': from, ':now': atMs },
    });
    if (outcome !== 'refused') return { deploymentId, sinceMs: atMs };
    const { activeDeploymentId, activeSinceMs = 0 } = await this.history(deploymentGroupId);
    // It was given free between the two calls.
    if (activeDeploymentId === undefined) return this.take(deploymentGroupId, deploymentId, atMs, from);
    return { deploymentId: activeDeploymentId, sinceMs: activeSinceMs };
  }

  async release(deploymentGroupId: string, deploymentId: string): Promise<void> {
    await this.#table.update(groupHistoryKey(deploymentGroupId), {
      update: 'REMOVE activeDeploymentId, activeSinceMs',
      condition: 'activeDeploymentId = :deployment',
      values: { ':deployment': deploymentId },
    });
  }

  async attempted(deploymentGroupId: string, deployment: PastDeployment): Promise<void> {
    await this.#note(deploymentGroupId, 'lastAttempted', deployment);
  }

  async succeeded(deploymentGroupId: string, deployment: PastDeployment): Promise<void> {
    await this.#note(deploymentGroupId, 'lastSuccessful', deployment);
  }

  async forget(deploymentGroupId: string): Promise<void> {
    const key = groupHistoryKey(deploymentGroupId);
    const outcome = await this.#table.delete(key, { condition: 'attribute_not_exists(activeDeploymentId)' });
    if (outcome === 'done') return;
    await this.#table.update(key, {
      update: 'REMOVE lastAttempted, lastSuccessful',
      condition: 'attribute_exists(pk)',
    });
  }

  async #note(deploymentGroupId: string, as: 'lastAttempted' | 'lastSuccessful', deployment: PastDeployment) {
    await this.#table.update(groupHistoryKey(deploymentGroupId), {
      update: `SET ${as} = :deployment`,
      condition: `attribute_not_exists(${as}) OR ${as}.createdAtMs <= :created`,
      values: { ':deployment': deployment, ':created': deployment.createdAtMs },
    });
  }
}
