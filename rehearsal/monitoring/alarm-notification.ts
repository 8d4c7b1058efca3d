import type { TargetMessage } from '../events/send-to-target.ts';
import type { Ground } from '../part.ts';
import type { Alarm, MetricAlarm } from './alarm.ts';
import type { AlarmState } from './evaluate-alarm.ts';

/** How CloudWatch names Regions in its messages. */
const REGION_NAMES: Readonly<Record<string, string>> = {
  'us-east-1': 'US East (N. Virginia)',
  'us-west-2': 'US West (Oregon)',
  'eu-west-1': 'EU (Ireland)',
  'eu-central-1': 'EU (Frankfurt)',
};

/** What CloudWatch publishes to a topic when an alarm has changed its state. */
export function alarmNotification(alarm: Alarm, before: AlarmState, { region, accountId }: Ground): TargetMessage {
  const regionName = REGION_NAMES[region] ?? region;
  const message = {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description ?? null,
    AWSAccountId: accountId,
    AlarmConfigurationUpdatedTimestamp: timestamp(alarm.configuredAt),
    NewStateValue: alarm.state,
    NewStateReason: alarm.stateReason,
    StateChangeTime: timestamp(alarm.stateChangedAt),
    Region: regionName,
    AlarmArn: alarm.arn,
    OldStateValue: before,
    OKActions: alarm.actions.OK,
    AlarmActions: alarm.actions.ALARM,
    InsufficientDataActions: alarm.actions.INSUFFICIENT_DATA,
    ...(alarm.kind === 'metric' ? { Trigger: trigger(alarm) } : { AlarmRule: alarm.ruleText }),
  };
  return { subject: `${alarm.state}: "${alarm.name}" in ${regionName}`, body: JSON.stringify(message) };
}

const trigger = ({ metric, rule, evaluationPeriods }: MetricAlarm): object => ({
  ...(metric && {
    MetricName: metric.id.name,
    Namespace: metric.id.namespace,
    StatisticType: metric.statistic.startsWith('p') ? 'ExtendedStatistic' : 'Statistic',
    Statistic: metric.statistic.toUpperCase(),
    Unit: null,
    Dimensions: Object.entries(metric.id.dimensions).map(([name, value]) => ({ value, name })),
    Period: metric.periodSeconds,
  }),
  EvaluationPeriods: evaluationPeriods,
  DatapointsToAlarm: rule.datapointsToAlarm,
  ComparisonOperator: rule.comparisonOperator,
  Threshold: rule.threshold,
  TreatMissingData: rule.treatMissingData,
  EvaluateLowSampleCountPercentile: '',
});

/** `2026-07-31T12:00:00.000+0000` */
const timestamp = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');
