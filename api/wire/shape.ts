import { SerializationError } from '../errors/protocol-errors.ts';

/**
 * What an operation takes, beside its code and in the words of the model: every member with its type on the wire, `*`
 * for any member of a map of lists of texts. A list is written as `[item]`. Typed over the SDK's input, so that none can be forgotten.
 */
export type Shape<Value> = [Value] extends [string | undefined]
  ? 'text'
  : [Value] extends [boolean | undefined]
    ? 'flag'
    : [Value] extends [number | undefined]
      ? 'number'
      : [Value] extends [Date | undefined]
        ? 'time'
        : [Value] extends [readonly (infer Item)[] | undefined]
          ? readonly [Shape<Item>]
          : [Value] extends [Readonly<Record<string, readonly string[] | undefined>> | undefined]
            ? { readonly '*': readonly ['text'] }
            : Members<NonNullable<Value>>;

/** The members of a structure. */
export type Members<Structure> = { readonly [Member in keyof Structure]-?: Shape<Structure[Member]> };

/** A shape whose value is not known by type: what reading goes by. */
type AnyShape = 'text' | 'flag' | 'number' | 'time' | readonly [AnyShape] | { readonly [member: string]: AnyShape };

/**
 * Reads a value from JSON: unknown members are left out, `null` is as good as absent, times become dates.
 * @throws SerializationError naming the member whose JSON type is wrong
 */
export function readShape(shape: AnyShape, value: unknown, place = 'The request'): unknown {
  if (shape === 'text') return expect(typeof value === 'string', value, place, 'a string');
  if (shape === 'flag') return expect(typeof value === 'boolean', value, place, 'a boolean');
  if (shape === 'number') return readNumber(value, place);
  if (shape === 'time') return readTime(value, place);
  if (isList(shape)) return readList(shape[0], value, place);
  return readMembers(shape, value, place);
}

function readList(item: AnyShape, value: unknown, place: string): unknown[] {
  if (!Array.isArray(value)) throw new SerializationError(`${place} must be a list`);
  return value.filter((each) => each !== null).map((each, index) => readShape(item, each, `${place}[${index}]`));
}

function readMembers(shape: Readonly<Record<string, AnyShape>>, value: unknown, place: string): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SerializationError(`${place} must be an object`);
  }
  const read: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const known = Object.hasOwn(shape, name) ? shape[name] : shape['*'];
    if (known !== undefined && member !== null) read[name] = readShape(known, member, name);
  }
  return read;
}

/** All numbers of the model are integers, some of 64 bits: beyond 53 neither JSON nor the table keeps them apart. */
function readNumber(value: unknown, place: string): unknown {
  expect(typeof value === 'number', value, place, 'a number');
  return expect(Math.abs(Number(value)) <= Number.MAX_SAFE_INTEGER, value, place, 'a number of at most 53 bits');
}

/** Seconds since the epoch, as a number or the text of one. */
function readTime(value: unknown, place: string): Date {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const time = new Date(typeof seconds === 'number' ? seconds * 1000 : Number.NaN);
  if (Number.isNaN(time.getTime())) throw new SerializationError(`${place} must be a time in seconds since the epoch`);
  return time;
}

function expect(holds: boolean, value: unknown, place: string, kind: string): unknown {
  if (!holds) throw new SerializationError(`${place} must be ${kind}`);
  return value;
}

function isList(shape: AnyShape): shape is readonly [AnyShape] {
  return Array.isArray(shape);
}
