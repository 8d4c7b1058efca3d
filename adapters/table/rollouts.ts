import { isTerminal } from '../../core/fleet/deployment-status.ts';
import { LAUNCH_REVISION_TAG, type LaunchRevision, type Rollout } from '../../core/fleet/launch-revision.ts';
import { deploymentGroupIdFor } from '../../core/identifiers.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import { TableFleetDeployments } from './fleet-deployments.ts';
import { TableFleetTargets } from './fleet-targets.ts';
import { TableFleets } from './fleet-places.ts';
import { TableGroupDeployments } from './group-deployments.ts';
import { TableResourceTags } from './resource-tags.ts';
import type { Table } from './table.ts';

/** What a launch has to know of the deployment that rolls over its group. */
export interface Rollouts {
  /** The deployment that is under way in a group; undefined when there is none. */
  of(group: DeploymentGroupName): Promise<Rollout | undefined>;
  /** What a tag of the group says that hosts born meanwhile get; undefined when there is none. */
  choiceOf(group: DeploymentGroupName): Promise<LaunchRevision | undefined>;
}

/** The same, read from the records of deployments. */
export class TableRollouts implements Rollouts {
  readonly #groups: TableGroupDeployments;
  readonly #deployments: TableFleetDeployments;
  readonly #targets: TableFleetTargets;
  readonly #fleets: TableFleets;
  readonly #tags: TableResourceTags;

  constructor(table: Table, clock: () => number) {
    this.#groups = new TableGroupDeployments(table);
    this.#deployments = new TableFleetDeployments(table, this.#groups);
    this.#targets = new TableFleetTargets(table);
    this.#fleets = new TableFleets(table, clock);
    this.#tags = new TableResourceTags(table);
  }

  async of(group: DeploymentGroupName): Promise<Rollout | undefined> {
    const { activeDeploymentId: deploymentId } = await this.#groups.history(deploymentGroupIdFor(group));
    const deployment = deploymentId === undefined ? undefined : await this.#deployments.byId(deploymentId);
    if (deploymentId === undefined || !deployment || isTerminal(deployment.status)) return undefined;
    return { deploymentId, revision: deployment.revision, hasSucceeded: await this.#hasSucceeded(deploymentId) };
  }

  async choiceOf(group: DeploymentGroupName): Promise<LaunchRevision | undefined> {
    const tags = await this.#tags.of(deploymentGroupIdFor(group));
    return tags[LAUNCH_REVISION_TAG] === 'in-flight' ? 'in-flight' : undefined;
  }

  /** Where all targets may be down at once nobody counts, and the records tell. */
  async #hasSucceeded(deploymentId: string): Promise<boolean> {
    const places = await this.#fleets.places(deploymentId);
    if (!places?.isUnlimited) return (places?.succeeded ?? 0) > 0;
    let after: string | undefined;
    do {
      const page = await this.#targets.standings(deploymentId, after);
      if (page.items.some(({ status }) => status === 'Succeeded')) return true;
      after = page.last;
    } while (after !== undefined);
    return false;
  }
}
