import { z } from 'zod';
import { operation } from '../../logs/operation.ts';
import type { MonitoringAccount } from '../account.ts';
import { dimensionList, toRecord } from './dimensions.ts';

/** A statistic set counts as its average, as often as it has samples. */
export const putMetricData = operation(
  z.object({
    Namespace: z.string(),
    MetricData: z.array(
      z.object({
        MetricName: z.string(),
        Dimensions: dimensionList,
        Timestamp: z.number().optional(),
        Value: z.number().optional(),
        Values: z.array(z.number()).default([]),
        Counts: z.array(z.number()).default([]),
        StatisticValues: z.object({ SampleCount: z.number(), Sum: z.number() }).optional(),
        Unit: z.string().optional(),
      }),
    ),
  }),
  ({ Namespace, MetricData }, { store, now }: MonitoringAccount) => {
    for (const { MetricName, Dimensions, Timestamp, Unit, ...datum } of MetricData) {
      const id = { namespace: Namespace, name: MetricName, dimensions: toRecord(Dimensions) };
      const at = Timestamp === undefined ? now() : Timestamp * 1000;
      for (const value of valuesOf(datum)) store.record(id, value, at, Unit);
    }
  },
);

interface Datum {
  readonly Value?: number | undefined;
  readonly Values: readonly number[];
  readonly Counts: readonly number[];
  readonly StatisticValues?: { readonly SampleCount: number; readonly Sum: number } | undefined;
}

function valuesOf({ Value, Values, Counts, StatisticValues }: Datum): number[] {
  if (Value !== undefined) return [Value];
  if (StatisticValues) {
    const { SampleCount, Sum } = StatisticValues;
    return Array.from({ length: SampleCount }, () => Sum / SampleCount);
  }
  return Values.flatMap((value, index) => Array.from({ length: Counts[index] ?? 1 }, () => value));
}
