import { Duration } from 'aws-cdk-lib/core';
import { Metric, Unit } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * Where the functions' own metrics are found. One service for all functions: whichever of them counts, CloudWatch adds
 * up, and bills one metric per name.
 */
export const ENGINE_METRICS = { namespace: 'Slipway', service: 'slipway' } as const;

/** How many per five minutes; the functions publish it by embedded metric format (`lambdas/telemetry.ts`). */
export function counted(metricName: string): Metric {
  return engineMetric(metricName, 'Sum', Unit.COUNT);
}

/** A measured time, by percentile (`p50`). */
export function measured(metricName: string, percentile: string): Metric {
  return engineMetric(metricName, percentile, Unit.SECONDS).with({ label: percentile });
}

function engineMetric(metricName: string, statistic: string, unit: Unit): Metric {
  return new Metric({
    namespace: ENGINE_METRICS.namespace,
    dimensionsMap: { service: ENGINE_METRICS.service },
    metricName,
    statistic,
    unit,
    period: Duration.minutes(5),
  });
}
