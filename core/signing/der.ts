/**
 * The few values of ASN.1 that a certificate and a signed message consist of, in their distinguished encoding:
 * a tag, a length, the contents. Each function returns one whole value.
 * @see https://www.itu.int/rec/T-REC-X.690
 */
export const sequence = (...members: readonly Buffer[]): Buffer => encode(0x30, ...members);

/** A set of one member: with more, their order would matter. */
export const setOf = (member: Buffer): Buffer => encode(0x31, member);

export const octetString = (bytes: Buffer): Buffer => encode(0x04, bytes);

/** A whole number of bytes, so that no bit of the last one is unused. */
export const bitString = (bytes: Buffer): Buffer => encode(0x03, Buffer.of(0), bytes);

export const utf8String = (text: string): Buffer => encode(0x0c, Buffer.from(text));

export const nothing = (): Buffer => encode(0x05);

/** @param bytes big-endian, and never negative: a leading bit that would say so is put behind a zero byte */
export function integer(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const significant = first === -1 ? Buffer.of(0) : bytes.subarray(first);
  return encode(0x02, significant.readUInt8() >= 0x80 ? Buffer.of(0) : Buffer.alloc(0), significant);
}

/** @param dotted `1.2.840.113549.1.7.2` */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encode(0x06, ...[first * 40 + second, ...rest].map(inBase128));
}

/** To the second, until the year 9999. */
export function generalizedTime(at: Date): Buffer {
  return encode(0x18, Buffer.from(at.toISOString().replace(/[-:T]|\.\d+/g, '')));
}

/** A tag of its own, around a value that keeps its tag. */
export const explicit = (tag: number, value: Buffer): Buffer => encode(0xa0 + tag, value);

/** The members of a constructed value, each with its tag and length. @throws RangeError when it is cut short */
export function membersOf(value: Buffer): Buffer[] {
  const members: Buffer[] = [];
  for (let rest = contentsOf(value); rest.length > 0;) {
    const end = rest.length - restBehind(rest).length;
    members.push(rest.subarray(0, end));
    rest = rest.subarray(end);
  }
  return members;
}

/** What lies behind a value's tag and length. @throws RangeError when it is cut short */
export function contentsOf(value: Buffer): Buffer {
  const { start, length } = extent(value);
  if (start + length > value.length) throw new RangeError('The encoding is cut short');
  return value.subarray(start, start + length);
}

export const isTagged = (value: Buffer, tag: number): boolean => value[0] === tag;

/** The same contents under another tag. */
export const retagged = (tag: number, value: Buffer): Buffer => Buffer.concat([Buffer.of(tag), value.subarray(1)]);

function encode(tag: number, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag), lengthOf(body), body]);
}

/** Below 128 in one byte; else the number of bytes that follow, and then the length in them. */
function lengthOf({ length }: Buffer): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const digits = length.toString(16);
  const bytes = Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex');
  return Buffer.concat([Buffer.of(0x80 + bytes.length), bytes]);
}

/** Seven bits in each byte; all but the last have the eighth set. */
function inBase128(arc: number): Buffer {
  const bytes = [arc % 0x80];
  for (let rest = Math.floor(arc / 0x80); rest > 0; rest = Math.floor(rest / 0x80)) bytes.unshift(0x80 + (rest % 0x80));
  return Buffer.from(bytes);
}

function restBehind(value: Buffer): Buffer {
  const { start, length } = extent(value);
  if (start + length > value.length) throw new RangeError('The encoding is cut short');
  return value.subarray(start + length);
}

function extent(value: Buffer): { start: number; length: number } {
  const first = value.readUInt8(1);
  if (first < 0x80) return { start: 2, length: first };
  const bytes = first - 0x80;
  return { start: 2 + bytes, length: value.readUIntBE(2, bytes) };
}
