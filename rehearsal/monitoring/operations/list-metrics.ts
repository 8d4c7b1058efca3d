import { z } from 'zod';
import { operation, optionalText } from '../../logs/operation.ts';
import { page } from '../../logs/page.ts';
import type { MonitoringAccount } from '../account.ts';
import { dimensionList, toList } from './dimensions.ts';

/** 500 metrics at a time; a dimension without a value asks only that there is one. */
export const listMetrics = operation(
  z.object({ Namespace: optionalText, MetricName: optionalText, Dimensions: dimensionList, NextToken: optionalText }),
  ({ Namespace, MetricName, Dimensions, NextToken }, { store }: MonitoringAccount) => {
    const metrics = store
      .metrics()
      .filter((id) => (Namespace ?? id.namespace) === id.namespace && (MetricName ?? id.name) === id.name)
      .filter((id) =>
        Dimensions.every(
          ({ Name, Value }) => Name in id.dimensions && (Value ?? id.dimensions[Name]) === id.dimensions[Name],
        ),
      );
    const { items, nextToken } = page(metrics, NextToken, 500);
    return {
      Metrics: items.map(({ namespace, name, dimensions }) => ({
        Namespace: namespace,
        MetricName: name,
        Dimensions: toList(dimensions),
      })),
      NextToken: nextToken,
    };
  },
);
