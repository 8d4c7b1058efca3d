/**
 * One number for many values: `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, or a percentile such as `p99.9`.
 * @returns undefined without values, and for a statistic that is none of these
 */
export function statistic(name: string, values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sum = values.reduce((total, value) => total + value, 0);
  switch (name) {
    case 'Sum':
      return sum;
    case 'Average':
      return sum / values.length;
    case 'Minimum':
      return values.reduce((a, b) => Math.min(a, b));
    case 'Maximum':
      return values.reduce((a, b) => Math.max(a, b));
    case 'SampleCount':
      return values.length;
    default:
      return percentile(name, values);
  }
}

function percentile(name: string, values: readonly number[]): number | undefined {
  const rank = /^p(\d+(?:\.\d+)?)$/.exec(name)?.[1];
  if (rank === undefined) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((Number(rank) / 100) * sorted.length) - 1)];
}
