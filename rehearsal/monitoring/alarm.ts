import { z } from 'zod';
import type { Properties } from '../cloudformation/resource-type.ts';
import { compositeRule, type CompositeRule } from './composite-rule.ts';
import type { AlarmRule, AlarmState } from './evaluate-alarm.ts';
import type { MetricId } from './metric-store.ts';

/** A metric as an alarm watches it. */
export interface WatchedMetric {
  readonly id: MetricId;
  readonly statistic: string;
  readonly periodSeconds: number;
}

/** What metric alarms and composite alarms have in common. */
interface AlarmBase {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly actionsEnabled: boolean;
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
  /** Rehearsed milliseconds since the epoch. */
  readonly configuredAt: number;
  state: AlarmState;
  stateReason: string;
  stateChangedAt: number;
}

export interface MetricAlarm extends AlarmBase {
  readonly kind: 'metric';
  readonly rule: AlarmRule;
  readonly evaluationPeriods: number;
  /** Undefined for metric math, which is not played: such an alarm keeps insufficient data. */
  readonly metric?: WatchedMetric;
}

export interface CompositeAlarm extends AlarmBase {
  readonly kind: 'composite';
  readonly ruleText: string;
  readonly holds: CompositeRule;
}

export type Alarm = MetricAlarm | CompositeAlarm;

const text = z.string();
const number = z.coerce.number();
const dimensions = z.array(z.object({ Name: text, Value: text })).default([]);
const base = z.object({
  AlarmDescription: text.optional(),
  ActionsEnabled: z.preprocess((value) => value !== false && value !== 'false', z.boolean()),
  AlarmActions: z.array(text).default([]),
  OKActions: z.array(text).default([]),
  InsufficientDataActions: z.array(text).default([]),
});
const metricSchema = base.extend({
  Threshold: number.default(0),
  ComparisonOperator: text,
  EvaluationPeriods: number,
  DatapointsToAlarm: number.optional(),
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore', 'missing']).default('missing'),
  Namespace: text.optional(),
  MetricName: text.optional(),
  Dimensions: dimensions,
  Statistic: text.optional(),
  ExtendedStatistic: text.optional(),
  Period: number.default(60),
  Metrics: z
    .array(
      z.object({
        Expression: text.optional(),
        MetricStat: z
          .object({
            Metric: z.object({ Namespace: text, MetricName: text, Dimensions: dimensions }),
            Period: number,
            Stat: text,
          })
          .optional(),
      }),
    )
    .default([]),
});
const compositeSchema = base.extend({ AlarmRule: text });

export interface AlarmPlace {
  readonly name: string;
  readonly arn: string;
  /** Rehearsed milliseconds since the epoch. */
  readonly now: number;
}

/** Reads the properties of an `AWS::CloudWatch::Alarm`. */
export function metricAlarm(properties: Properties, place: AlarmPlace): MetricAlarm {
  const read = metricSchema.parse(properties);
  const metric = watchedMetric(read);
  return {
    kind: 'metric',
    ...alarmBase(read, place),
    rule: {
      threshold: read.Threshold,
      comparisonOperator: read.ComparisonOperator,
      datapointsToAlarm: read.DatapointsToAlarm ?? read.EvaluationPeriods,
      treatMissingData: read.TreatMissingData,
    },
    evaluationPeriods: read.EvaluationPeriods,
    ...(metric && { metric }),
    stateReason: metric ? 'Unchecked: Initial alarm creation' : 'The rehearsal does not compute metric math',
  };
}

/** Reads the properties of an `AWS::CloudWatch::CompositeAlarm`. @throws for a rule that cannot be read */
export function compositeAlarm(properties: Properties, place: AlarmPlace): CompositeAlarm {
  const read = compositeSchema.parse(properties);
  return {
    kind: 'composite',
    ...alarmBase(read, place),
    ruleText: read.AlarmRule,
    holds: compositeRule(read.AlarmRule),
  };
}

const alarmBase = (read: z.output<typeof base>, { now, ...named }: AlarmPlace): AlarmBase => ({
  ...named,
  ...(read.AlarmDescription !== undefined && { description: read.AlarmDescription }),
  actionsEnabled: read.ActionsEnabled,
  actions: { ALARM: read.AlarmActions, OK: read.OKActions, INSUFFICIENT_DATA: read.InsufficientDataActions },
  configuredAt: now,
  state: 'INSUFFICIENT_DATA',
  stateReason: 'Unchecked: Initial alarm creation',
  stateChangedAt: now,
});

function watchedMetric(read: z.output<typeof metricSchema>): WatchedMetric | undefined {
  if (read.Namespace && read.MetricName) {
    return watched(
      read.Namespace,
      read.MetricName,
      read.Dimensions,
      read.Statistic ?? read.ExtendedStatistic,
      read.Period,
    );
  }
  const [only, ...others] = read.Metrics;
  if (!only?.MetricStat || others.length > 0) return undefined;
  const { Metric, Stat, Period } = only.MetricStat;
  return watched(Metric.Namespace, Metric.MetricName, Metric.Dimensions, Stat, Period);
}

const watched = (
  namespace: string,
  name: string,
  list: z.output<typeof dimensions>,
  statistic = 'Average',
  periodSeconds: number,
): WatchedMetric => ({
  id: { namespace, name, dimensions: Object.fromEntries(list.map(({ Name, Value }) => [Name, Value])) },
  statistic,
  periodSeconds,
});
