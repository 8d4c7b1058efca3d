import { readlinkSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { refused } from './entry-path.ts';

/** The system itself gives up after so many links on one way. */
const MOST_LINKS = 40;

/**
 * Checks that no symbolic link of an unpacked revision leads out of it, neither by itself nor by way of others:
 * `here -> .` and `up -> here/..` are harmless by their texts, and lead out together.
 * @param root the revision, after the single directory around everything was taken away
 * @param links paths below it
 * @throws BundleError
 */
export function requireInnerLinks(root: string, links: readonly string[]): void {
  for (const link of links) {
    const target = targetOf(link);
    if (target !== undefined && leadsOut(root, link)) {
      throw refused(relative(root, link), `it is a link that leaves the archive, to ${target}`);
    }
  }
}

/** Goes the way of a link, step by step, as the system would. */
function leadsOut(root: string, link: string): boolean {
  const steps = relative(root, link).split('/');
  let at = root;
  let linksOnTheWay = 0;
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
    if (step === '..') {
      if (at === root) return true;
      at = dirname(at);
      continue;
    }
    const path = join(at, step);
    const target = targetOf(path);
    if (target === undefined) {
      at = path;
    } else {
      if (isAbsolute(target)) return true;
      if ((linksOnTheWay += 1) > MOST_LINKS) return false;
      steps.unshift(...target.split('/'));
    }
  }
  return false;
}

/** Of a link; undefined for all else, and for nothing. */
function targetOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
