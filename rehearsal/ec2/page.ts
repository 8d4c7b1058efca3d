interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/**
 * One page of a list; the token names the place where the next one begins.
 * @throws what `invalidToken` makes, for a token that this function did not issue
 */
export function page<T>(
  items: readonly T[],
  { size, token, invalidToken }: { size: number; token?: string | undefined; invalidToken: () => Error },
): Page<T> {
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(start) || start < 0) throw invalidToken();
  const end = start + size;
  return {
    items: items.slice(start, end),
    ...(end < items.length && { nextToken: Buffer.from(String(end)).toString('base64url') }),
  };
}
