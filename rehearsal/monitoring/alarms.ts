import { clientAs } from '../identity/client-as.ts';
import { SQSClient } from '@aws-sdk/client-sqs';
import { RoleClientPool } from '../events/role-clients.ts';
import { sendToTarget } from '../events/send-to-target.ts';
import type { Ground } from '../part.ts';
import type { Alarm, CompositeAlarm, MetricAlarm, WatchedMetric } from './alarm.ts';
import { alarmNotification } from './alarm-notification.ts';
import { type AlarmState, evaluateAlarm } from './evaluate-alarm.ts';
import { MINUTE_MS, type MetricStore } from './metric-store.ts';
import { QueueMetrics } from './queue-metrics.ts';
import { statistic } from './statistic.ts';

/** However fast the rehearsal runs, alarms look at their queues no more often than this. */
const SHORTEST_ROUND_WALL_MS = 250;

/** The alarms of the account: looked at once in a rehearsed minute, each minute judged by its own data. */
export class Alarms {
  readonly #ground: Ground;
  readonly #store: MetricStore;
  readonly #clients: RoleClientPool;
  readonly #sqs: SQSClient;
  readonly #queues: QueueMetrics;
  readonly #alarms = new Map<string, Alarm>();
  #judgedUntil: number;
  #cancel: (() => void) | undefined;
  #closed = false;

  constructor(ground: Ground, store: MetricStore) {
    this.#ground = ground;
    this.#store = store;
    this.#clients = new RoleClientPool(ground, 'cloudwatch');
    const role = `arn:aws:iam::${ground.accountId}:role/aws-service-role/cloudwatch.amazonaws.com/AWSServiceRoleForCloudWatch`;
    this.#sqs = new SQSClient(clientAs(role, 'cloudwatch', ground));
    this.#queues = new QueueMetrics(ground, this.#sqs, store);
    this.#judgedUntil = thisMinute(ground.clock.now());
  }

  all(): Alarm[] {
    return [...this.#alarms.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): Alarm | undefined {
    return this.#alarms.get(name);
  }

  put(alarm: Alarm): void {
    this.#alarms.set(alarm.name, alarm);
    this.#scheduleRound();
  }

  remove(name: string): void {
    this.#alarms.delete(name);
  }

  /** Changes a state and runs the actions for the new one; nothing happens where it is the same. */
  setState(alarm: Alarm, state: AlarmState, reason: string): void {
    const before = alarm.state;
    if (before === state) return;
    alarm.state = state;
    alarm.stateReason = reason;
    alarm.stateChangedAt = this.#ground.clock.now();
    this.#announce(alarm, before);
    if (alarm.actionsEnabled) for (const action of alarm.actions[state]) void this.#act(action, alarm, before);
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
    this.#clients.destroy();
    this.#sqs.destroy();
  }

  #scheduleRound(): void {
    if (this.#closed || this.#cancel) return;
    const { clock } = this.#ground;
    const untilNextMinute = MINUTE_MS - (clock.now() % MINUTE_MS);
    this.#cancel = clock.after(Math.max(untilNextMinute, SHORTEST_ROUND_WALL_MS * clock.speed), () => {
      void this.#round().finally(() => {
        this.#cancel = undefined;
        if (this.#alarms.size > 0) this.#scheduleRound();
      });
    });
  }

  async #round(): Promise<void> {
    await Promise.all(this.#watchedQueues().map((name) => this.#queues.sample(name, this.#judgedUntil)));
    if (this.#closed) return;
    const until = thisMinute(this.#ground.clock.now());
    for (let end = this.#judgedUntil + MINUTE_MS; end <= until; end += MINUTE_MS) this.#judge(end);
    this.#judgedUntil = until;
  }

  #judge(endMs: number): void {
    const alarms = this.all();
    for (const alarm of alarms) if (alarm.kind === 'metric') this.#judgeMetric(alarm, endMs);
    for (const alarm of alarms) if (alarm.kind === 'composite') this.#judgeComposite(alarm);
  }

  #judgeMetric(alarm: MetricAlarm, endMs: number): void {
    const { metric, rule, evaluationPeriods } = alarm;
    if (!metric) return;
    const datapoints = Array.from({ length: evaluationPeriods }, (_, index) => this.#datapoint(metric, endMs, index));
    const state = evaluateAlarm(datapoints, rule, alarm.state);
    const told = datapoints.filter((value) => value !== undefined).join(', ') || 'no data';
    const reason = `Threshold Crossed: ${datapoints.length} period(s) up to ${new Date(endMs).toISOString()} [${told}] against ${rule.comparisonOperator} ${rule.threshold}`;
    this.setState(alarm, state, state === 'INSUFFICIENT_DATA' ? 'Insufficient Data: nothing was measured' : reason);
  }

  /** @param periodsAgo 0 for the period that ended last */
  #datapoint(
    { id, statistic: name, periodSeconds }: WatchedMetric,
    endMs: number,
    periodsAgo: number,
  ): number | undefined {
    const end = endMs - periodsAgo * periodSeconds * 1000;
    return statistic(name, this.#store.values(id, end - periodSeconds * 1000, end));
  }

  #judgeComposite(alarm: CompositeAlarm): void {
    const state = alarm.holds((name) => this.#alarms.get(name)?.state) ? 'ALARM' : 'OK';
    this.setState(alarm, state, `${alarm.ruleText} is ${state === 'ALARM' ? 'true' : 'false'}`);
  }

  #watchedQueues(): string[] {
    const names = this.all().flatMap((alarm) => {
      const id = alarm.kind === 'metric' ? alarm.metric?.id : undefined;
      return id?.namespace === 'AWS/SQS' ? [id.dimensions['QueueName'] ?? ''] : [];
    });
    return [...new Set(names)];
  }

  #announce(alarm: Alarm, before: AlarmState): void {
    this.#ground.emit({
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      resources: [alarm.arn],
      detail: {
        alarmName: alarm.name,
        state: {
          value: alarm.state,
          reason: alarm.stateReason,
          timestamp: new Date(alarm.stateChangedAt).toISOString(),
        },
        previousState: { value: before },
      },
    });
  }

  async #act(actionArn: string, alarm: Alarm, before: AlarmState): Promise<void> {
    try {
      const clients = this.#clients.of({ principal: 'cloudwatch.amazonaws.com', sourceArn: alarm.arn });
      await sendToTarget(clients, actionArn, alarmNotification(alarm, before, this.#ground));
    } catch (error) {
      if (this.#closed) return;
      const message = `The alarm ${alarm.name} could not run its action ${actionArn}: ${String(error)}`;
      this.#ground.journal.record({ kind: 'warning', message });
    }
  }
}

const thisMinute = (ms: number): number => Math.floor(ms / MINUTE_MS) * MINUTE_MS;
