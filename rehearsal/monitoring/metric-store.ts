/** What identifies a metric. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The data of one metric in one minute. */
interface Minute {
  readonly values: number[];
  readonly unit?: string;
}

interface Series {
  readonly id: MetricId;
  /** By start of the minute, in milliseconds since the epoch. */
  readonly minutes: Map<number, Minute>;
}

export const MINUTE_MS = 60_000;

/** Everything that was measured, in minutes of rehearsed time, as CloudWatch keeps it. */
export class MetricStore {
  readonly #series = new Map<string, Series>();

  /** @param at milliseconds since the epoch */
  record(id: MetricId, value: number, at: number, unit?: string): void {
    const key = keyOf(id);
    let series = this.#series.get(key);
    if (!series) this.#series.set(key, (series = { id, minutes: new Map() }));
    const start = Math.floor(at / MINUTE_MS) * MINUTE_MS;
    let minute = series.minutes.get(start);
    if (!minute) series.minutes.set(start, (minute = { values: [], ...(unit !== undefined && { unit }) }));
    minute.values.push(value);
  }

  metrics(): MetricId[] {
    return [...this.#series.values()].map(({ id }) => id);
  }

  /** Values measured in a span of time that includes its start and not its end; none means no data. */
  values(id: MetricId, startMs: number, endMs: number): number[] {
    const minutes = this.#series.get(keyOf(id))?.minutes;
    const values: number[] = [];
    if (!minutes) return values;
    for (let start = Math.floor(startMs / MINUTE_MS) * MINUTE_MS; start < endMs; start += MINUTE_MS) {
      values.push(...(minutes.get(start)?.values ?? []));
    }
    return values;
  }
}

const keyOf = ({ namespace, name, dimensions }: MetricId): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
