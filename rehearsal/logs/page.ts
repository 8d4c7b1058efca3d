import { AwsError } from '../endpoint/service.ts';

/**
 * The next items of a list that only grows at its end.
 * @param token as a page before returned it; it holds the position
 */
export function page<Item>(
  items: readonly Item[],
  token: string | undefined,
  limit: number,
): { items: readonly Item[]; nextToken?: string } {
  const start = Number(token ?? 0);
  if (!Number.isInteger(start)) {
    throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  }
  const end = start + limit;
  return { items: items.slice(start, end), ...(end < items.length && { nextToken: String(end) }) };
}
