import type { OperationName } from '../../../api/operation.ts';
import { operations } from '../../../api/operations.ts';

/** What operations take, as `Shape` writes it. */
type AnyShape = 'text' | 'flag' | 'number' | 'time' | readonly [AnyShape] | { readonly [member: string]: AnyShape };

const LEAVES = {
  text: 'x'.repeat(3000), // longer than any key of the table
  flag: true,
  number: 2 ** 53, // more than numbers are exact for
  time: new Date(8.64e15), // the last that there is
} as const;

/** Changes of a call, one for each member of the operation, which is then as long, large or late as it can be. */
export function extremesOf(operation: OperationName): readonly object[] {
  const members = operations[operation].input as Readonly<Record<string, AnyShape>>;
  return Object.entries(members).map(([name, shape]) => ({ [name]: extreme(shape) }));
}

function extreme(shape: AnyShape): unknown {
  if (typeof shape === 'string') return LEAVES[shape];
  if (isList(shape)) return [extreme(shape[0])];
  return Object.fromEntries(Object.entries(shape).map(([name, member]) => [name, extreme(member)]));
}

function isList(shape: AnyShape): shape is readonly [AnyShape] {
  return Array.isArray(shape);
}
