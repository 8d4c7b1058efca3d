import { gunzipSync } from 'node:zlib';
import { jsonService } from '../endpoint/protocols/json.ts';
import type { Service } from '../endpoint/service.ts';
import type { LogStore } from '../logs/log-store.ts';
import { operationsOn } from '../logs/operation.ts';
import type { BusEvent, Ground, Part } from '../part.ts';
import { monitoringAccess } from './access.ts';
import type { MonitoringAccount } from './account.ts';
import { Alarms } from './alarms.ts';
import { embeddedMetrics } from './embedded-metrics.ts';
import { MetricStore } from './metric-store.ts';
import { getDashboard, listDashboards } from './operations/dashboards.ts';
import { describeAlarms } from './operations/describe-alarms.ts';
import { getMetricStatistics } from './operations/get-metric-statistics.ts';
import { listMetrics } from './operations/list-metrics.ts';
import { putMetricData } from './operations/put-metric-data.ts';
import { setAlarmState } from './operations/set-alarm-state.ts';
import { monitoringResourceTypes } from './resource-types.ts';
import { stateMachineMetric } from './state-machine-metrics.ts';

export interface MonitoringPart extends Part {
  /** Counts a value now; for services that measure themselves. */
  metric(namespace: string, name: string, dimensions: Readonly<Record<string, string>>, value: number): void;
  /** Counts what the event bus tells of executions. */
  observe(event: BusEvent): void;
}

/** CloudWatch: metrics, alarms and dashboards. @param logs where embedded metrics are written */
export function createMonitoringPart(ground: Ground, { logs }: { logs: LogStore }): MonitoringPart {
  const store = new MetricStore();
  const alarms = new Alarms(ground, store);
  const now = (): number => ground.clock.now();
  const account: MonitoringAccount = { store, alarms, dashboards: new Map(), now };
  const unfollow = logs.follow((_, { message }) => {
    for (const { id, values, at, unit } of embeddedMetrics(message)) {
      for (const value of values) store.record(id, value, at, unit);
    }
  });

  return {
    metric(namespace, name, dimensions, value) {
      store.record({ namespace, name, dimensions }, value, now());
    },
    observe(event) {
      const id = stateMachineMetric(event);
      if (id) store.record(id, 1, now(), 'Count');
    },
    services: [cloudWatchService(account, ground)],
    resourceTypes: monitoringResourceTypes(ground, account),
    close() {
      unfollow();
      alarms.close();
      return Promise.resolve();
    },
  };
}

/** Of the protocols CloudWatch speaks, today's clients choose JSON. */
function cloudWatchService(account: MonitoringAccount, ground: Ground): Service {
  const json = jsonService({
    signingNames: ['monitoring'],
    targetPrefix: 'GraniteServiceVersion20100801',
    version: '1.0',
    operations: operationsOn(account, {
      DescribeAlarms: describeAlarms,
      GetDashboard: getDashboard,
      GetMetricStatistics: getMetricStatistics,
      ListDashboards: listDashboards,
      ListMetrics: listMetrics,
      PutMetricData: putMetricData,
      SetAlarmState: setAlarmState,
    }),
    access: monitoringAccess(ground),
  });
  return {
    ...json,
    // Clients compress large PutMetricData requests.
    handle: (request) =>
      json.handle(
        request.headers['content-encoding'] === 'gzip' ? { ...request, body: gunzipSync(request.body) } : request,
      ),
  };
}
