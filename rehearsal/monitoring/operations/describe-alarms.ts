import { z } from 'zod';
import { operation, optionalText } from '../../logs/operation.ts';
import type { MonitoringAccount } from '../account.ts';
import type { Alarm, CompositeAlarm, MetricAlarm } from '../alarm.ts';
import { toList } from './dimensions.ts';

/** All alarms that fit the filters, in one page. Composite alarms only when asked for by name or type, as on AWS. */
export const describeAlarms = operation(
  z.object({
    AlarmNames: z.array(z.string()).optional(),
    AlarmNamePrefix: z.string().default(''),
    AlarmTypes: z.array(z.string()).default(['MetricAlarm']),
    StateValue: optionalText,
  }),
  ({ AlarmNames, AlarmNamePrefix, AlarmTypes, StateValue }, { alarms }: MonitoringAccount) => {
    const found = alarms
      .all()
      .filter(({ name }) => AlarmNames?.includes(name) ?? name.startsWith(AlarmNamePrefix))
      .filter(({ state }) => (StateValue ?? state) === state);
    return {
      MetricAlarms: AlarmTypes.includes('MetricAlarm') ? found.filter(isMetricAlarm).map(describeMetric) : [],
      CompositeAlarms: AlarmTypes.includes('CompositeAlarm') ? found.filter(isComposite).map(describeComposite) : [],
    };
  },
);

const isMetricAlarm = (alarm: Alarm): alarm is MetricAlarm => alarm.kind === 'metric';
const isComposite = (alarm: Alarm): alarm is CompositeAlarm => alarm.kind === 'composite';

const describeBase = (alarm: Alarm): object => ({
  AlarmName: alarm.name,
  AlarmArn: alarm.arn,
  AlarmDescription: alarm.description,
  ActionsEnabled: alarm.actionsEnabled,
  AlarmActions: alarm.actions.ALARM,
  OKActions: alarm.actions.OK,
  InsufficientDataActions: alarm.actions.INSUFFICIENT_DATA,
  AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
  StateValue: alarm.state,
  StateReason: alarm.stateReason,
  StateUpdatedTimestamp: new Date(alarm.stateChangedAt),
  StateTransitionedTimestamp: new Date(alarm.stateChangedAt),
});

const describeMetric = (alarm: MetricAlarm): object => ({
  ...describeBase(alarm),
  Namespace: alarm.metric?.id.namespace,
  MetricName: alarm.metric?.id.name,
  Dimensions: toList(alarm.metric?.id.dimensions ?? {}),
  [alarm.metric?.statistic.startsWith('p') ? 'ExtendedStatistic' : 'Statistic']: alarm.metric?.statistic,
  Period: alarm.metric?.periodSeconds,
  EvaluationPeriods: alarm.evaluationPeriods,
  DatapointsToAlarm: alarm.rule.datapointsToAlarm,
  Threshold: alarm.rule.threshold,
  ComparisonOperator: alarm.rule.comparisonOperator,
  TreatMissingData: alarm.rule.treatMissingData,
});

const describeComposite = (alarm: CompositeAlarm): object => ({ ...describeBase(alarm), AlarmRule: alarm.ruleText });
