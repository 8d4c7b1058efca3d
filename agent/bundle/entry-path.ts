import { join, posix } from 'node:path';
import { BundleError } from './bundle-error.ts';

/**
 * Where an entry of an archive goes.
 * @returns the path below `root`; `root` itself for entries such as `./`
 * @throws BundleError for a name that leads out of the archive
 */
export function entryPath(root: string, name: string): string {
  if (name.includes('\0')) throw refused(name, 'its name holds a NUL character');
  if (posix.isAbsolute(name)) throw refused(name, 'its path is absolute');
  if (leadsOut(posix.normalize(name))) throw refused(name, 'its path leaves the archive');
  return join(root, name).replace(/\/+$/, '');
}

/**
 * Checks the target of a symbolic link in an archive: it must stay inside, whether it exists or not.
 * A link that leads out could be written through, and would show on the host whatever lies there.
 */
export function requireInnerLink(name: string, target: string): void {
  if (target === '') throw refused(name, 'it is a link without a target');
  if (posix.isAbsolute(target) || leadsOut(posix.join(posix.dirname(posix.normalize(name)), target))) {
    throw refused(name, `it is a link that leaves the archive, to ${target}`);
  }
}

export function refused(name: string, reason: string): BundleError {
  return new BundleError(
    `The bundle is refused because of its entry ${JSON.stringify(name)}: ${reason}. Remove the entry from the bundle; what must lie elsewhere on the host can be placed by the files section of the AppSpec or by a hook script.`,
  );
}

function leadsOut(normalised: string): boolean {
  return normalised === '..' || normalised.startsWith('../');
}
