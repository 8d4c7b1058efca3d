import { z } from 'zod';
import { operation } from '../../logs/operation.ts';
import type { MonitoringAccount } from '../account.ts';
import { statistic } from '../statistic.ts';
import { dimensionList, toRecord } from './dimensions.ts';

/** One datapoint for each period that has data. */
export const getMetricStatistics = operation(
  z.object({
    Namespace: z.string(),
    MetricName: z.string(),
    Dimensions: dimensionList,
    StartTime: z.number(),
    EndTime: z.number(),
    Period: z.number().int().min(60),
    Statistics: z.array(z.string()).default([]),
    ExtendedStatistics: z.array(z.string()).default([]),
  }),
  (input, { store }: MonitoringAccount) => {
    const { Namespace, MetricName, Dimensions, Period, Statistics, ExtendedStatistics } = input;
    const id = { namespace: Namespace, name: MetricName, dimensions: toRecord(Dimensions) };
    const Datapoints: object[] = [];
    for (let start = Math.floor(input.StartTime / Period) * Period; start < input.EndTime; start += Period) {
      const values = store.values(id, start * 1000, (start + Period) * 1000);
      if (values.length === 0) continue;
      const among = (names: readonly string[]): object =>
        Object.fromEntries(names.map((name) => [name, statistic(name, values)]));
      Datapoints.push({
        Timestamp: new Date(start * 1000),
        ...among(Statistics),
        ...(ExtendedStatistics.length > 0 && { ExtendedStatistics: among(ExtendedStatistics) }),
        Unit: 'None',
      });
    }
    return { Label: MetricName, Datapoints };
  },
);
