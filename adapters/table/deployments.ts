import type { Deployment, Settlement, Stop } from '../../core/deployment.ts';
import type { LifecycleEvent } from '../../core/lifecycle-event.ts';
import { deploymentKey, expiresAt } from './keys.ts';
import type { Item, Table } from './table.ts';

/** The deploy lane's wait for the end of a leg. */
export interface LegWait {
  readonly legNumber: number;
  /** Step Functions' retry of the same wait, from 0; each has a token of its own. */
  readonly attempt: number;
  readonly taskToken: string;
  /** Events of the legs before. */
  readonly lifecycleEvents: readonly LifecycleEvent[];
}

/** Records of deployments. A deployment leaves `InProgress` once; everything is guarded by that. */
export interface Deployments {
  byId(deploymentId: string): Promise<Deployment | undefined>;
  /** Writes a record unless there is one. */
  open(deployment: Deployment): Promise<'opened' | 'exists'>;
  /** Leaves the token of the current leg. `refused`: the deployment is stopped or settled, or a later wait was first. */
  awaitLeg(deploymentId: string, wait: LegWait): Promise<'awaited' | 'refused'>;
  /**
   * Notes that the work is to end, and how far it is. The first stop stays, and so do its events: whoever stops a moment
   * later may find the mailbox empty already.
   * @returns the deployment as it is now; undefined when it had settled or never began
   */
  stop(deploymentId: string, stop: Stop, lifecycleEvents: readonly LifecycleEvent[]): Promise<Deployment | undefined>;
  /**
   * Writes the verdict, once.
   * @param deployment as the verdict was reached on it. `refused`: it settled or was stopped since
   */
  settle(
    deployment: Pick<Deployment, 'deploymentId' | 'stop'>,
    settlement: Settlement,
    lifecycleEvents: readonly LifecycleEvent[],
  ): Promise<'settled' | 'refused'>;
}

/**
 * Deployments in the table. The state machine itself writes `heartbeatToken`, on condition of `status`: see
 * `lib/machines/instance-deployment.ts`.
 */
export class TableDeployments implements Deployments {
  readonly #table: Table;
  readonly #clock: () => number;

  constructor(table: Table, clock: () => number) {
    this.#table = table;
    this.#clock = clock;
  }

  async byId(deploymentId: string): Promise<Deployment | undefined> {
    const item = await this.#table.get(deploymentKey(deploymentId));
    return item && deploymentIn(item);
  }

  async open(deployment: Deployment): Promise<'opened' | 'exists'> {
    const outcome = await this.#table.put(
      deploymentKey(deployment.deploymentId),
      { ...deployment, expiresAt: expiresAt(this.#clock()) },
      { condition: 'attribute_not_exists(pk)' },
    );
    return outcome === 'done' ? 'opened' : 'exists';
  }

  async awaitLeg(deploymentId: string, wait: LegWait): Promise<'awaited' | 'refused'> {
    const outcome = await this.#table.update(deploymentKey(deploymentId), {
      update: 'SET taskToken = :token, legNumber = :leg, legAttempt = :attempt, lifecycleEvents = :events',
      condition:
        `${IN_PROGRESS} AND ${NOT_STOPPED} AND ` +
        '(attribute_not_exists(legNumber) OR legNumber < :leg OR (legNumber = :leg AND legAttempt <= :attempt))',
      names: { '#status': 'status', '#stop': 'stop' },
      values: {
        ':inProgress': 'InProgress',
        ':token': wait.taskToken,
        ':leg': wait.legNumber,
        ':attempt': wait.attempt,
        ':events': wait.lifecycleEvents,
      },
    });
    return outcome === 'refused' ? 'refused' : 'awaited';
  }

  async stop(
    deploymentId: string,
    stop: Stop,
    lifecycleEvents: readonly LifecycleEvent[],
  ): Promise<Deployment | undefined> {
    const outcome = await this.#table.update(deploymentKey(deploymentId), {
      update: 'SET #stop = :stop, lifecycleEvents = :events',
      condition: `${IN_PROGRESS} AND ${NOT_STOPPED}`,
      names: { '#status': 'status', '#stop': 'stop' },
      values: { ':inProgress': 'InProgress', ':stop': stop, ':events': lifecycleEvents },
    });
    if (outcome !== 'refused') return deploymentIn(outcome);
    const deployment = await this.byId(deploymentId);
    return deployment?.status === 'InProgress' ? deployment : undefined;
  }

  async settle(
    { deploymentId, stop }: Pick<Deployment, 'deploymentId' | 'stop'>,
    settlement: Settlement,
    lifecycleEvents: readonly LifecycleEvent[],
  ): Promise<'settled' | 'refused'> {
    const outcome = await this.#table.update(deploymentKey(deploymentId), {
      update: 'SET #status = :status, settlement = :settlement, lifecycleEvents = :events',
      condition: stop ? IN_PROGRESS : `${IN_PROGRESS} AND ${NOT_STOPPED}`,
      names: { '#status': 'status', ...(!stop && { '#stop': 'stop' }) },
      values: {
        ':inProgress': 'InProgress',
        ':status': settlement.status,
        ':settlement': settlement,
        ':events': lifecycleEvents,
      },
    });
    return outcome === 'refused' ? 'refused' : 'settled';
  }
}

const IN_PROGRESS = '#status = :inProgress';
const NOT_STOPPED = 'attribute_not_exists(#stop)';

/** Items are written from deployments only, so they are read as such. */
function deploymentIn(item: Item): Deployment {
  return item as unknown as Deployment;
}
