import type { Permission } from '../../core/app-spec/index.ts';

type Selection = Pick<Permission, 'pattern' | 'except'>;

/**
 * Whether a permission of a directory reaches a path below it. `**` reaches everything; other patterns, and all of
 * `except`, are compared with direct children only.
 * @param object the directory, without a slash at its end
 */
export function reaches(object: string, { pattern, except }: Selection, path: string): boolean {
  const prefix = object === '/' ? '/' : `${object}/`;
  if (!path.startsWith(prefix)) return false;
  const name = path.slice(prefix.length);
  if (except.some((glob) => matchesChild(name, glob))) return false;
  return pattern === '**' || matchesChild(name, pattern);
}

/** `*` stands for any number of characters; nothing else is special. */
function matchesChild(name: string, glob: string): boolean {
  if (name.includes('/')) return false;
  // Pieces between the stars are sought from left to right: no backtracking, however many stars.
  const [first = '', ...rest] = glob.split(/\*+/);
  if (rest.length === 0) return name === first;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found < 0 || found + piece.length > name.length - last.length) return false;
    at = found + piece.length;
  }
  return true;
}
