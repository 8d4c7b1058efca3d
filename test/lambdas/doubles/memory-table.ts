import { TableDeploymentGroups } from '../../../adapters/table/deployment-groups.ts';
import { TableFleetDeployments } from '../../../adapters/table/fleet-deployments.ts';
import { TableFleetTargets } from '../../../adapters/table/fleet-targets.ts';
import { TableStackRequests } from '../../../adapters/table/stack-requests.ts';
import { TableFleets } from '../../../adapters/table/fleet-places.ts';
import { TableGroupDeployments } from '../../../adapters/table/group-deployments.ts';
import { TableHosts } from '../../../adapters/table/hosts.ts';
import { TableMailboxes } from '../../../adapters/table/mailboxes.ts';
import { hostKey, type Key, sharedActionKey, targetKey } from '../../../adapters/table/keys.ts';
import { TableResourceTags } from '../../../adapters/table/resource-tags.ts';
import { TableRollouts } from '../../../adapters/table/rollouts.ts';
import { TableSharedActions } from '../../../adapters/table/shared-actions.ts';
import { TableLaunchGuards } from '../../../adapters/table/launch-guards.ts';
import { TableSurroundings } from '../../../adapters/table/surroundings.ts';
import { Table } from '../../../adapters/table/table.ts';
import { TableTargets } from '../../../adapters/table/targets.ts';
import type { LifecycleAction } from '../../../core/lifecycle-action.ts';
import type { Leg } from '../../../core/mailbox/leg.ts';
import type { TargetId } from '../../../core/target-request.ts';
import { MemoryDocuments } from '../../adapters/table/memory/memory-documents.ts';

/** The table without a server: the adapters that ship, on DynamoDB in memory. */
export class MemoryTable {
  readonly surroundings: TableSurroundings;
  readonly targets: TableTargets;
  readonly hosts: TableHosts;
  readonly mailboxes: TableMailboxes;
  readonly sharedActions: TableSharedActions;
  readonly rollouts: TableRollouts;
  readonly resourceTags: TableResourceTags;
  readonly fleets: TableFleets;
  readonly deploymentGroups: TableDeploymentGroups;
  readonly groups: TableGroupDeployments;
  readonly launchGuards: TableLaunchGuards;
  readonly deployments: TableFleetDeployments;
  readonly fleetTargets: TableFleetTargets;
  readonly stackRequests: TableStackRequests;
  readonly #documents: MemoryDocuments;
  readonly #table: Table;

  constructor(clock: () => number, documents = new MemoryDocuments()) {
    this.#documents = documents;
    this.#table = new Table(documents.client(), 'slipway');
    this.surroundings = new TableSurroundings(this.#table);
    this.targets = new TableTargets(this.#table, clock);
    this.hosts = new TableHosts(this.#table, clock);
    this.mailboxes = new TableMailboxes(this.#table, clock);
    this.sharedActions = new TableSharedActions(this.#table, clock);
    this.rollouts = new TableRollouts(this.#table, clock);
    this.resourceTags = new TableResourceTags(this.#table);
    this.fleets = new TableFleets(this.#table, clock);
    this.deploymentGroups = new TableDeploymentGroups(this.#table, clock);
    this.groups = new TableGroupDeployments(this.#table);
    this.launchGuards = new TableLaunchGuards(this.#table);
    this.deployments = new TableFleetDeployments(this.#table, this.groups);
    this.fleetTargets = new TableFleetTargets(this.#table);
    this.stackRequests = new TableStackRequests(this.#table);
  }

  /** Everything in the table, for comparison. */
  contents(): Record<string, unknown> {
    return this.#documents.contents();
  }

  /** What the state machine itself does to a target's item while its watch waits. */
  leaveHeartbeatToken(id: TargetId, heartbeatToken: string): Promise<void> {
    return this.#leaveHeartbeatToken(targetKey(id), heartbeatToken);
  }

  /** What it does instead where several deployments share an action. */
  leaveHeartbeatTokenOfShared(action: LifecycleAction, heartbeatToken: string): Promise<void> {
    return this.#leaveHeartbeatToken(sharedActionKey(action), heartbeatToken);
  }

  async #leaveHeartbeatToken(key: Key, heartbeatToken: string): Promise<void> {
    await this.#table.update(key, {
      update: 'SET heartbeatToken = :token',
      condition: '#status = :inProgress',
      names: { '#status': 'status' },
      values: { ':token': heartbeatToken, ':inProgress': 'InProgress' },
    });
  }

  /** What is in a host's mailbox. */
  async legOf(instanceId: string): Promise<Leg | undefined> {
    return (await this.hosts.byId(instanceId))?.leg;
  }

  /** What DynamoDB does to a host that nobody hears of. */
  async forgetHost(instanceId: string): Promise<void> {
    await this.#table.delete(hostKey(instanceId), {});
  }
}
