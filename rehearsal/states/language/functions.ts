import { createHash, randomUUID } from 'node:crypto';
import type { Expression } from 'jsonata';

const HASHES: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** Cuts an array into arrays of `size`; the last may be shorter. */
function partition(array: readonly unknown[], size: number): unknown[][] {
  if (size < 1) throw new Error('$partition needs a chunk size of at least 1');
  const chunks: unknown[][] = [];
  for (let start = 0; start < array.length; start += size) chunks.push(array.slice(start, start + size));
  return chunks;
}

/** From `first` to `last` in steps of `step`, both ends included where the steps meet them. */
function range(first: number, last: number, step: number): number[] {
  if (step === 0) throw new Error('$range needs a step other than 0');
  const numbers: number[] = [];
  for (let number = first; step > 0 ? number <= last : number >= last; number += step) numbers.push(number);
  return numbers;
}

function hash(content: string, algorithm: string): string {
  const name = HASHES[algorithm];
  if (name === undefined) throw new Error(`$hash knows ${Object.keys(HASHES).join(', ')}, not ${algorithm}`);
  return createHash(name).update(content).digest('hex');
}

/** A number in [0, 1); the same seed gives the same number (not the one that AWS gives). */
function random(seed?: number): number {
  if (seed === undefined) return Math.random();
  return createHash('sha256').update(String(seed)).digest().readUInt32BE() / 2 ** 32;
}

/**
 * The functions that Step Functions adds to JSONata, and the one it takes away: `$eval`.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function addStatesFunctions(expression: Expression): void {
  expression.registerFunction('partition', partition, '<an:a>');
  expression.registerFunction('range', range, '<nnn:a<n>>');
  expression.registerFunction('hash', hash, '<ss:s>');
  expression.registerFunction('random', random, '<n?:n>');
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.registerFunction('parse', (text: string) => JSON.parse(text) as unknown, '<s:x>');
  expression.assign('eval', undefined);
}
