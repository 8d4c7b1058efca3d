import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn } from '../state/read-if-present.ts';

/** A directory of an earlier deployment. */
export interface KeptRevision {
  readonly path: string;
  readonly modifiedAtMs: number;
}

/**
 * Which revisions must go so that at most `maxRevisions` are left once the current deployment has its own: the oldest
 * first, and never the one whose files are installed, although it counts.
 */
export function revisionsToRemove(
  kept: readonly KeptRevision[],
  options: { readonly maxRevisions: number; readonly installed: string | undefined },
): string[] {
  const surplus = kept.length - options.maxRevisions + 1;
  const candidates = kept.filter(({ path }) => path !== options.installed);
  return candidates
    .sort((a, b) => a.modifiedAtMs - b.modifiedAtMs)
    .slice(0, Math.max(0, surplus))
    .map(({ path }) => path);
}

/** Removes the surplus revisions of a deployment group. */
export async function removeSurplusRevisions(
  directory: string,
  current: string,
  options: { readonly maxRevisions: number; readonly installed: string | undefined },
): Promise<void> {
  const paths = (await namesIn(directory)).map((name) => join(directory, name)).filter((path) => path !== current);
  const kept = await Promise.all(paths.map(async (path) => ({ path, modifiedAtMs: (await stat(path)).mtimeMs })));
  for (const path of revisionsToRemove(kept, options)) await rm(path, { recursive: true, force: true });
}
