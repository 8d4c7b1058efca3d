/** Any value that JSON can write. Values are never changed once made, so that states, events and variables may share them. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// A value passes through many events on its way; its text is made once and kept for as long as the value lives.
const texts = new WeakMap<object, string>();

/** The JSON text of a value. A value that came from text keeps that very text, blanks included, as AWS's histories do. */
export function textOf(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}

/** @throws SyntaxError when the text is not JSON */
export function parseJson(text: string): Json {
  const value = JSON.parse(text) as Json;
  if (typeof value === 'object' && value !== null) texts.set(value, text);
  return value;
}

/** Most bytes that an input, an output or a result may have, as UTF-8. */
export const LARGEST_PAYLOAD_BYTES = 262_144;

/** Whether a value exceeds what Step Functions passes between states. */
export function exceedsPayloadLimit(value: Json): boolean {
  const text = textOf(value);
  // A UTF-16 unit takes at most three bytes: short texts need no count.
  return text.length * 3 > LARGEST_PAYLOAD_BYTES && Buffer.byteLength(text) > LARGEST_PAYLOAD_BYTES;
}
