/** The value below which `share` of the sorted sample lies (nearest rank); NaN for an empty sample. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** `p50 … p99` of durations in milliseconds, for a person. */
export function spread(values: readonly number[]): string {
  return `p50 ${milliseconds(percentile(values, 0.5))}  p99 ${milliseconds(percentile(values, 0.99))}  (n = ${values.length})`;
}

function milliseconds(value: number): string {
  return value < 10_000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(1)} s`;
}

/** How an aim was done by. */
export function verdict(isMet: boolean): 'met' | 'MISSED' {
  return isMet ? 'met' : 'MISSED';
}
