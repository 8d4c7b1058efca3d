import { z } from 'zod';
import type { MetricId } from './metric-store.ts';

interface EmbeddedMetric {
  readonly id: MetricId;
  readonly values: readonly number[];
  readonly unit?: string;
  readonly at: number;
}

const directive = z.object({
  Timestamp: z.number(),
  CloudWatchMetrics: z.array(
    z.object({
      Namespace: z.string(),
      Dimensions: z.array(z.array(z.string())).default([[]]),
      Metrics: z.array(z.object({ Name: z.string(), Unit: z.string().optional() })),
    }),
  ),
});
const line = z.looseObject({ _aws: directive });

/**
 * The metrics in a log line of the embedded metric format:
 *
 *     {"_aws":{"Timestamp":1785499200000,"CloudWatchMetrics":[{"Namespace":"Slipway","Dimensions":[["service"]],
 *      "Metrics":[{"Name":"DeploymentsStarted","Unit":"Count"}]}]},"service":"orchestrator","DeploymentsStarted":1}
 *
 * @returns none for any other line
 */
export function embeddedMetrics(message: string): EmbeddedMetric[] {
  if (!message.startsWith('{') || !message.includes('"_aws"')) return [];
  const parsed = line.safeParse(parse(message));
  if (!parsed.success) return [];
  const { _aws, ...members } = parsed.data;
  return _aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name, Unit }) => ({
        id: {
          namespace: Namespace,
          name: Name,
          dimensions: Object.fromEntries(names.map((name) => [name, String(members[name])])),
        },
        values: [members[Name]].flat().filter((value) => typeof value === 'number'),
        at: _aws.Timestamp,
        ...(Unit !== undefined && { unit: Unit }),
      })),
    ),
  );
}

function parse(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}
