import { createHash } from 'node:crypto';

import { InvalidNextToken } from './errors/request-errors.ts';
import type { OperationName } from './operation.ts';

/** CodeDeploy says nothing of its pages’ size. */
export const PAGE_SIZE = 100;

/** The page that a caller asks for. */
export interface AskedPage {
  /** Where the last page ended. Undefined: begin at the beginning. */
  readonly after: string | undefined;
  /**
   * The token for the page after this one.
   * @param last where this page ends; undefined when nothing follows, and then there is no token
   */
  tokenAfter(last: string | undefined): string | undefined;
}

/**
 * Opens the page of a list. A token is good for the same operation with the same arguments only.
 * @param input of the operation; everything in it but the token binds the token
 * @throws InvalidNextToken for any other
 */
export function openPage(
  operation: OperationName,
  { nextToken, ...list }: { nextToken?: string | undefined },
): AskedPage {
  const mark = createHash('sha256')
    .update(JSON.stringify([operation, list]))
    .digest('base64url')
    .slice(0, 16);
  return {
    after: nextToken ? placeIn(nextToken, mark) : undefined,
    tokenAfter: (last) => (last === undefined ? undefined : Buffer.from(`${mark}${last}`).toString('base64url')),
  };
}

function placeIn(token: string, mark: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  // Decoding forgives characters that no token has: what does not come out the same was not ours.
  const isOurs = Buffer.from(text).toString('base64url') === token;
  if (!isOurs || !text.startsWith(mark) || text.length === mark.length) throw new InvalidNextToken();
  return text.slice(mark.length);
}

/** A page of a list that is at hand as a whole, in its own order. @param keyOf tells items apart, and stays the same */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  after: string | undefined,
): { readonly items: readonly Item[]; readonly last: string | undefined } {
  const start = after === undefined ? 0 : items.findIndex((item) => keyOf(item) === after) + 1;
  if (after !== undefined && start === 0) throw new InvalidNextToken();
  const page = items.slice(start, start + PAGE_SIZE);
  const last = page.at(-1);
  return { items: page, last: last !== undefined && start + PAGE_SIZE < items.length ? keyOf(last) : undefined };
}
