/** One request of the load; times in wall milliseconds. */
export interface LoadedRequest {
  readonly sentAt: number;
  readonly latencyMs: number;
  /** Its status, or what broke it; absent when it was answered with 200. */
  readonly failure?: string;
}

/** How requests fared in one stretch of time. */
export interface LatencySummary {
  readonly requests: number;
  readonly failures: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Of the requests sent from `from` up to, but not at, `to`. Percentiles are by nearest rank; 0 when there was no request. */
export function summarize(all: readonly LoadedRequest[], from: number, to: number): LatencySummary {
  const requests = all.filter(({ sentAt }) => sentAt >= from && sentAt < to);
  const sorted = requests.map(({ latencyMs }) => latencyMs).sort((one, other) => one - other);
  const percentile = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return {
    requests: requests.length,
    failures: requests.filter(({ failure }) => failure !== undefined).length,
    p50Ms: percentile(0.5),
    p99Ms: percentile(0.99),
  };
}

/** A row for each stretch of time, for a terminal. */
export function renderLatencies(rows: Readonly<Record<string, LatencySummary>>): string {
  const cells = Object.entries(rows).map(([name, { requests, failures, p50Ms, p99Ms }]) => [
    name,
    String(requests),
    String(failures),
    `${p50Ms.toFixed(1)} ms`,
    `${p99Ms.toFixed(1)} ms`,
  ]);
  return [['', 'requests', 'failed', 'p50', 'p99'], ...cells]
    .map(([name = '', ...values]) => `  ${name.padEnd(8)}${values.map((value) => value.padStart(11)).join('')}`)
    .join('\n');
}
