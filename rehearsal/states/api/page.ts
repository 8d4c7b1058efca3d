import { faults } from './faults.ts';
import type { Input } from './input.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

/**
 * The page that the request's `maxResults` and `nextToken` ask for.
 * The token names the last item shown, so that items added meanwhile neither repeat nor hide others.
 * @throws InvalidToken
 */
export function pageOf<Item>(items: readonly Item[], keyOf: (item: Item) => string, input: Input): Page<Item> {
  const token = input.optionalText('nextToken');
  const start = token === undefined ? 0 : positionAfter(items, keyOf, token);
  const shown = items.slice(start, start + input.maxResults());
  const last = shown.at(-1);
  const more = start + shown.length < items.length && last !== undefined;
  return { items: shown, ...(more && { nextToken: Buffer.from(keyOf(last)).toString('base64') }) };
}

function positionAfter<Item>(items: readonly Item[], keyOf: (item: Item) => string, token: string): number {
  const key = Buffer.from(token, 'base64').toString('utf8');
  const position = items.findIndex((item) => keyOf(item) === key);
  if (position < 0) throw faults.invalidToken();
  return position + 1;
}
