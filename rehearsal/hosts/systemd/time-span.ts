const UNIT_MS: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  '': 1000,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
  d: 86_400_000,
};

/**
 * `5`, `500ms`, `1min 30s`, `infinity`.
 * @returns milliseconds; undefined for what is no time span
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.time.html#Parsing%20Time%20Spans
 */
export function parseTimeSpan(text: string): number | undefined {
  if (text === 'infinity') return Infinity;
  if (!/^(\s*\d+(\.\d+)?\s*[a-z]*)+\s*$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)/g)];
  const ms = parts.map(([, count, unit]) => Number(count) * (UNIT_MS[unit ?? ''] ?? NaN));
  const sum = ms.reduce((total, part) => total + part, 0);
  return Number.isNaN(sum) ? undefined : sum;
}
