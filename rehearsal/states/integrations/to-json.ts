import type { Json } from '../language/json.ts';

/** An SDK's output as a state sees it: dates as ISO 8601 text, bytes as text, nothing undefined. */
export function toStateJson(value: unknown): Json {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (value instanceof Set) return [...value].map(toStateJson);
  if (Array.isArray(value)) return value.map(toStateJson);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([name, member]) => [name, toStateJson(member)]));
  }
  return value as Json;
}
