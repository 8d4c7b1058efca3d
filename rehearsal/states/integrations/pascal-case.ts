import type { Json } from '../language/json.ts';

const renamed = (value: unknown, rename: (name: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [rename(name), renamed(member, rename)]));
};

/** Member names with a small first letter, as some services' own APIs have them. */
export const toSmallLetters = (value: Json): unknown =>
  renamed(value, (name) => name.charAt(0).toLowerCase() + name.slice(1));

/** Member names with a capital first letter, as Step Functions has them for every service. */
export const toCapitals = (value: unknown): unknown =>
  renamed(value, (name) => name.charAt(0).toUpperCase() + name.slice(1));
