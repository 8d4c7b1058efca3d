import type { FleetSettlement } from '../../core/fleet/error-code.ts';
import { type DeploymentStatus, isTerminal } from '../../core/fleet/deployment-status.ts';
import type { DeploymentOverview } from '../../core/fleet/overview.ts';
import type {
  FleetDeployment,
  FleetDeploymentOrder,
  RelatedDeployments,
  RollbackInfo,
  StopRequest,
} from '../../core/fleet-deployment.ts';
import { before, changeDeployment, deploymentIn, statusIn } from './change-deployment.ts';
import { type FleetTargets, TableFleetTargets } from './fleet-targets.ts';
import { deploymentKey, type Key, listed, targetKey, targetListKey } from './keys.ts';
import { type GroupDeployments, TableGroupDeployments } from './group-deployments.ts';
import type { Table } from './table.ts';

/** Records of deployments to fleets. Each status is left once, which is what guards every change. */
export interface FleetDeployments {
  byId(deploymentId: string): Promise<FleetDeployment | undefined>;
  /**
   * Takes the deployment group for a new deployment and writes its record, `Created`. Repeated, it does nothing more.
   * @param from the deployment that hands the group on, as to its rollback
   * @returns the deployment that has the group: another one, when the group is taken and nothing was written
   */
  create(order: FleetDeploymentOrder, from?: string): Promise<{ readonly activeDeploymentId: string }>;
  /** Notes that work begins. Repeated, it changes nothing. `refused`: it has ended, or never was. */
  start(deploymentId: string, targetCount: number, atMs: number): Promise<FleetDeployment | 'refused'>;
  /** Notes which processes of an Auto Scaling group it is about to suspend. `refused`: it has ended, or never was. */
  noteSuspended(
    deploymentId: string,
    autoScalingGroupName: string,
    processes: readonly string[],
  ): Promise<'noted' | 'refused'>;
  /** Asks it to stop. The first request stands. `refused`: it has ended, or never was. */
  requestStop(deploymentId: string, request: StopRequest): Promise<FleetDeployment | 'refused'>;
  /** Writes the verdict, once. `refused`: it has ended before. */
  end(
    deploymentId: string,
    settlement: FleetSettlement,
    overview: DeploymentOverview,
    atMs: number,
  ): Promise<FleetDeployment | 'refused'>;
  /** The same, of one that has not begun. `refused`: it has. */
  endUnbegun(
    deploymentId: string,
    settlement: FleetSettlement,
    overview: DeploymentOverview,
    atMs: number,
  ): Promise<FleetDeployment | 'refused'>;
  /** Adds what follows a deployment that has ended. */
  link(deploymentId: string, links: Links): Promise<void>;
  /**
   * Deletes the record of a deployment, to a fleet or because of a lifecycle action, once it has ended. What else there
   * is of it expires.
   * @returns the deployment if it is to a fleet and has not ended
   */
  forget(deploymentId: string): Promise<FleetDeployment | undefined>;
}

/** What may be added to a record after its end. */
export interface Links {
  readonly rollbackInfo?: RollbackInfo;
  readonly relatedDeployments?: RelatedDeployments;
}

/** Deployments to fleets in the table. */
export class TableFleetDeployments implements FleetDeployments {
  readonly #table: Table;
  readonly #groups: GroupDeployments;
  readonly #targets: FleetTargets;

  constructor(table: Table, groups: GroupDeployments = new TableGroupDeployments(table)) {
    this.#table = table;
    this.#groups = groups;
    this.#targets = new TableFleetTargets(table);
  }

  async byId(deploymentId: string): Promise<FleetDeployment | undefined> {
    const item = await this.#table.get(deploymentKey(deploymentId));
    return item && deploymentIn(item);
  }

  async create(order: FleetDeploymentOrder, from?: string): Promise<{ readonly activeDeploymentId: string }> {
    const { deploymentId, deploymentGroupId, createdAtMs } = order;
    const activeDeploymentId = await this.#takeGroup(order, from);
    if (activeDeploymentId !== deploymentId) return { activeDeploymentId };
    await this.#table.put(
      deploymentKey(deploymentId),
      { ...order, status: 'Created', ...listed({ deploymentId, deploymentGroupId, createdAtMs }) },
      { condition: 'attribute_not_exists(pk)' },
    );
    return { activeDeploymentId };
  }

  /** Takes the group, also from a deployment that has ended, or that broke off before it had a record. */
  async #takeGroup({ deploymentId, deploymentGroupId, createdAtMs }: FleetDeploymentOrder, from?: string) {
    const active = await this.#groups.take(deploymentGroupId, deploymentId, createdAtMs, from);
    if (active.deploymentId === deploymentId) return deploymentId;
    const other = await this.byId(active.deploymentId);
    const isOver = other ? isTerminal(other.status) : createdAtMs - active.sinceMs > WITHOUT_RECORD_MS;
    if (!isOver) return active.deploymentId;
    return (await this.#groups.take(deploymentGroupId, deploymentId, createdAtMs, active.deploymentId)).deploymentId;
  }

  async start(deploymentId: string, targetCount: number, atMs: number): Promise<FleetDeployment | 'refused'> {
    return changeDeployment(this.#table, deploymentId, {
      update: 'SET #status = :status, startedAtMs = if_not_exists(startedAtMs, :now), targetCount = :count',
      condition: statusIn('Failed'),
      values: { ':status': 'InProgress', ':now': atMs, ':count': targetCount, ...before('Failed') },
    });
  }

  async noteSuspended(deploymentId: string, autoScalingGroupName: string, processes: readonly string[]) {
    // DynamoDB sets no member of a map that is not there.
    await changeDeployment(this.#table, deploymentId, {
      update: 'SET suspended = if_not_exists(suspended, :none)',
      condition: statusIn('Failed'),
      values: { ':none': {}, ...before('Failed') },
    });
    const outcome = await changeDeployment(this.#table, deploymentId, {
      update: 'SET suspended.#group = :processes',
      condition: statusIn('Failed'),
      names: { '#group': autoScalingGroupName },
      values: { ':processes': processes, ...before('Failed') },
    });
    return outcome === 'refused' ? 'refused' : 'noted';
  }

  async requestStop(deploymentId: string, request: StopRequest): Promise<FleetDeployment | 'refused'> {
    return changeDeployment(this.#table, deploymentId, {
      update: 'SET stopRequest = if_not_exists(stopRequest, :request)',
      condition: statusIn('Stopped'),
      values: { ':request': request, ...before('Stopped') },
    });
  }

  async end(deploymentId: string, settlement: FleetSettlement, overview: DeploymentOverview, atMs: number) {
    // A deployment without any target to work on succeeds without ever having been in progress.
    return this.#end(deploymentId, settlement, overview, atMs, 'Failed');
  }

  async endUnbegun(deploymentId: string, settlement: FleetSettlement, overview: DeploymentOverview, atMs: number) {
    return this.#end(deploymentId, settlement, overview, atMs, 'InProgress');
  }

  /** @param insteadOf a status that it could have come to as well */
  async #end(
    deploymentId: string,
    settlement: FleetSettlement,
    overview: DeploymentOverview,
    atMs: number,
    insteadOf: DeploymentStatus,
  ): Promise<FleetDeployment | 'refused'> {
    const { status } = settlement;
    const errorInformation = status === 'Succeeded' ? undefined : settlement.errorInformation;
    const isDone = errorInformation === undefined;
    return changeDeployment(this.#table, deploymentId, {
      update:
        'SET #status = :status, completedAtMs = :now, overview = :overview' +
        (isDone ? '' : ', errorInformation = :error'),
      condition: statusIn(insteadOf),
      values: {
        ':status': status,
        ':now': atMs,
        ':overview': overview,
        ...(!isDone && { ':error': errorInformation }),
        ...before(insteadOf),
      },
    });
  }

  async link(deploymentId: string, { rollbackInfo, relatedDeployments }: Links): Promise<void> {
    const links = Object.entries({ rollbackInfo, relatedDeployments }).filter(([, link]) => link !== undefined);
    await this.#table.update(deploymentKey(deploymentId), {
      update: `SET ${links.map(([name]) => `${name} = :${name}`).join(', ')}`,
      condition: 'attribute_exists(pk)',
      values: Object.fromEntries(links.map(([name, link]) => [`:${name}`, link])),
    });
  }

  async forget(deploymentId: string): Promise<FleetDeployment | undefined> {
    const deployment = await this.byId(deploymentId);
    if (deployment && !isTerminal(deployment.status)) return deployment;
    if (deployment) await this.#table.delete(targetListKey(deploymentId), {});
    const records = deployment ? [deploymentKey(deploymentId)] : await this.#endedAlone(deploymentId);
    await Promise.all(records.map((key) => this.#table.delete(key, {})));
    return undefined;
  }

  /** The target that a lifecycle action led to, for which there is no other record. */
  async #endedAlone(deploymentId: string): Promise<readonly Key[]> {
    const { items } = await this.#targets.standings(deploymentId);
    return items
      .filter(({ status }) => status !== 'InProgress')
      .map(({ instanceId }) => targetKey({ deploymentId, instanceId }));
  }
}

/** How long a deployment may have a group before its record is written: its creation takes milliseconds. */
const WITHOUT_RECORD_MS = 60_000;
