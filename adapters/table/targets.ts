import type { LifecycleEvent } from '../../core/lifecycle-event.ts';
import { deploymentGroupIdFor } from '../../core/identifiers.ts';
import { isLifecycleAction, type TargetId } from '../../core/target-request.ts';
import type { Settlement, Stop, Target } from '../../core/target.ts';
import type { Traffic } from '../../core/traffic/traffic.ts';
import { expiresAt, listed, targetKey } from './keys.ts';
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

/** A step of the engine itself, as it begins. */
export interface TrafficStep {
  readonly stepNumber: number;
  /** Events of the steps before, and the step's own. */
  readonly lifecycleEvents: readonly LifecycleEvent[];
  /** What is taken from the host; the first stays. */
  readonly traffic?: Traffic;
}

/** Records of targets. A target leaves `InProgress` once; everything is guarded by that. */
export interface Targets {
  byId(id: TargetId): Promise<Target | undefined>;
  /** Writes a record unless there is one. */
  open(target: Target): Promise<'opened' | 'exists'>;
  /** Leaves the token of the current leg. `refused`: the target is stopped or settled, or a later wait was first. */
  awaitLeg(id: TargetId, wait: LegWait): Promise<'awaited' | 'refused'>;
  /**
   * Begins a step of the engine itself, once.
   * @returns the target as it is now. `refused`: it is stopped or settled, or the step had begun
   */
  beginTraffic(id: TargetId, step: TrafficStep): Promise<Target | 'refused'>;
  /** Writes how that step went. `refused`: the target is stopped or settled, or goes on already. */
  endTraffic(id: TargetId, step: Omit<TrafficStep, 'traffic'>): Promise<'ended' | 'refused'>;
  /**
   * Notes that the work is to end, and how far it is. The first stop stays, and so do its events: whoever stops a moment
   * later may find the mailbox empty already.
   * @param upTo the leg or step that the events lead up to: where the record has gone on since, its own stay. @default any
   * @returns the target as it is now; undefined when it had settled or never began
   */
  stop(
    id: TargetId,
    stop: Stop,
    lifecycleEvents: readonly LifecycleEvent[],
    upTo?: number,
  ): Promise<Target | undefined>;
  /**
   * Writes the verdict, once.
   * @param target as the verdict was reached on it
   * @returns the target as it is now. `refused`: it settled, was stopped or went on to another step since
   */
  settle(
    target: Pick<Target, 'deploymentId' | 'instanceId' | 'stop' | 'legNumber'>,
    settlement: Settlement,
    lifecycleEvents: readonly LifecycleEvent[],
  ): Promise<Target | 'refused'>;
}

/**
 * Targets in the table. The state machine itself writes `heartbeatToken`, on condition of `status`: see
 * `lib/machines/instance-deployment.ts`.
 */
export class TableTargets implements Targets {
  readonly #table: Table;
  readonly #clock: () => number;

  constructor(table: Table, clock: () => number) {
    this.#table = table;
    this.#clock = clock;
  }

  async byId(id: TargetId): Promise<Target | undefined> {
    const item = await this.#table.get(targetKey(id));
    return item && targetIn(item);
  }

  async open(target: Target): Promise<'opened' | 'exists'> {
    const outcome = await this.#table.put(
      targetKey(target),
      { ...target, ...listedIfAlone(target), expiresAt: expiresAt(this.#clock()) },
      { condition: 'attribute_not_exists(pk)' },
    );
    return outcome === 'done' ? 'opened' : 'exists';
  }

  async awaitLeg(id: TargetId, wait: LegWait): Promise<'awaited' | 'refused'> {
    const outcome = await this.#table.update(targetKey(id), {
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

  async beginTraffic(id: TargetId, { stepNumber, lifecycleEvents, traffic }: TrafficStep): Promise<Target | 'refused'> {
    const outcome = await this.#table.update(targetKey(id), {
      update:
        'SET legNumber = :step, lifecycleEvents = :events' +
        (traffic ? ', traffic = if_not_exists(traffic, :traffic)' : ''),
      condition: `${IN_PROGRESS} AND ${NOT_STOPPED} AND (attribute_not_exists(legNumber) OR legNumber < :step)`,
      names: { '#status': 'status', '#stop': 'stop' },
      values: {
        ':inProgress': 'InProgress',
        ':step': stepNumber,
        ':events': lifecycleEvents,
        ...(traffic && { ':traffic': traffic }),
      },
    });
    return outcome === 'refused' ? 'refused' : targetIn(outcome);
  }

  async endTraffic(
    id: TargetId,
    { stepNumber, lifecycleEvents }: Omit<TrafficStep, 'traffic'>,
  ): Promise<'ended' | 'refused'> {
    const outcome = await this.#table.update(targetKey(id), {
      update: 'SET lifecycleEvents = :events',
      condition: `${IN_PROGRESS} AND ${NOT_STOPPED} AND legNumber = :step`,
      names: { '#status': 'status', '#stop': 'stop' },
      values: { ':inProgress': 'InProgress', ':step': stepNumber, ':events': lifecycleEvents },
    });
    return outcome === 'refused' ? 'refused' : 'ended';
  }

  async stop(
    id: TargetId,
    stop: Stop,
    lifecycleEvents: readonly LifecycleEvent[],
    upTo = Number.MAX_SAFE_INTEGER,
  ): Promise<Target | undefined> {
    const names = { '#status': 'status', '#stop': 'stop' };
    const outcome = await this.#table.update(targetKey(id), {
      update: 'SET #stop = :stop, lifecycleEvents = :events',
      condition: `${IN_PROGRESS} AND ${NOT_STOPPED} AND ${NOT_BEYOND}`,
      names,
      values: { ':inProgress': 'InProgress', ':stop': stop, ':events': lifecycleEvents, ':upTo': upTo },
    });
    if (outcome !== 'refused') return targetIn(outcome);
    const target = await this.byId(id);
    if (target?.status !== 'InProgress') return undefined;
    if (target.stop) return target;
    // It has gone on meanwhile: a host that has lost its traffic since must be known to have lost it.
    return this.stop(id, stop, target.lifecycleEvents, target.legNumber);
  }

  async settle(
    { stop, legNumber = 0, ...id }: Pick<Target, 'deploymentId' | 'instanceId' | 'stop' | 'legNumber'>,
    settlement: Settlement,
    lifecycleEvents: readonly LifecycleEvent[],
  ): Promise<Target | 'refused'> {
    const outcome = await this.#table.update(targetKey(id), {
      update: 'SET #status = :status, settlement = :settlement, settledAt = :now, lifecycleEvents = :events',
      // Nor must the events of a step be lost that has begun since: perhaps it took the host its traffic.
      condition: [IN_PROGRESS, ...(stop ? [] : [NOT_STOPPED]), NOT_BEYOND].join(' AND '),
      names: { '#status': 'status', ...(!stop && { '#stop': 'stop' }) },
      values: {
        ':inProgress': 'InProgress',
        ':status': settlement.status,
        ':settlement': settlement,
        ':now': new Date(this.#clock()).toISOString(),
        ':events': lifecycleEvents,
        ':upTo': legNumber,
      },
    });
    return outcome === 'refused' ? 'refused' : targetIn(outcome);
  }
}

/** A deployment because of a lifecycle action has no other record than its one target, which is listed for it. */
function listedIfAlone({ request, deploymentId, group, openedAt }: Target) {
  if (!isLifecycleAction(request)) return {};
  const createdAtMs = Date.parse(openedAt);
  return listed({ deploymentId, deploymentGroupId: deploymentGroupIdFor(group), createdAtMs });
}

const IN_PROGRESS = '#status = :inProgress';
const NOT_STOPPED = 'attribute_not_exists(#stop)';
const NOT_BEYOND = '(attribute_not_exists(legNumber) OR legNumber <= :upTo)';

/** Items are written from targets only, so they are read as such. */
export function targetIn(item: Item): Target {
  return item as unknown as Target;
}
