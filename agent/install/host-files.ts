import { lstatSync, readdirSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';

/** What lies at a path, symbolic links followed. */
export type Found = 'nothing' | 'file' | 'directory';

/** The host's files as an installation will find them. */
export interface HostFiles {
  at(path: string): Found;
  /** Whether anything has that name, a dangling link included. */
  isTaken(path: string): boolean;
}

/**
 * The host's files after the previous installation has been removed. So an installation is planned, and its conflicts
 * found, while the previous revision still stands.
 * @param installedPaths what the previous installation made, in the order it was made
 */
export function hostFilesWithout(installedPaths: readonly string[]): HostFiles {
  const gone = new Set<string>();
  // Deepest first, as they will be removed: a directory goes only if all that is in it goes.
  for (const path of installedPaths.toReversed()) {
    if (canBeRemoved(path, gone)) gone.add(path);
  }
  const at = (path: string): Found => {
    if (isGone(path, gone)) return 'nothing';
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return 'nothing';
    return found.isDirectory() ? 'directory' : 'file';
  };
  return { at, isTaken: (path) => !isGone(path, gone) && lstatIfPresent(path) !== undefined };
}

function canBeRemoved(path: string, gone: ReadonlySet<string>): boolean {
  const found = lstatIfPresent(path);
  if (!found?.isDirectory()) return found !== undefined;
  return readdirSync(path).every((name) => gone.has(join(path, name)));
}

/** A path is gone with what it is below: with a link that will be removed, say, and still leads somewhere. */
function isGone(path: string, gone: ReadonlySet<string>): boolean {
  if (gone.size === 0) return false;
  return gone.has(path) || (path !== '/' && isGone(dirname(path), gone));
}

function lstatIfPresent(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined; // absent, or below something that is no directory
  }
}
