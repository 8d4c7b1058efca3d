import type { Alarms } from './alarms.ts';
import type { MetricStore } from './metric-store.ts';

interface Dashboard {
  readonly name: string;
  readonly arn: string;
  readonly body: string;
  /** Rehearsed milliseconds since the epoch. */
  readonly lastModified: number;
}

/** What CloudWatch's operations work on. */
export interface MonitoringAccount {
  readonly store: MetricStore;
  readonly alarms: Alarms;
  readonly dashboards: Map<string, Dashboard>;
  now(): number;
}
