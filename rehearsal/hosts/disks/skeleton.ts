import { constants } from 'node:fs';
import { access, chmod, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Where an installation writes, and how deep its directories are made the machine's own. */
const WRITTEN: readonly (readonly [directory: string, depth: number])[] = [
  ['/etc', 3],
  ['/opt', 1],
  ['/srv', 1],
  ['/usr/local', 3],
  ['/var', 2],
];

/** A directory of this system: its path and mode. */
interface Directory {
  readonly path: string;
  readonly mode: number;
}

/**
 * The directories in which a machine's root must be able to write. Without rights on this system, the kernel lets nobody
 * change a directory that is another user's; one that the upper layer holds as well is our own.
 */
export async function writtenDirectories(): Promise<Directory[]> {
  const found = await Promise.all(WRITTEN.map(([directory, depth]) => directoriesBelow(directory, depth)));
  return found.flat();
}

/** Makes them in a machine's upper layer. */
export async function makeSkeleton(root: string, directories: readonly Directory[]): Promise<void> {
  for (const { path, mode } of directories) {
    const own = join(root, path);
    await mkdir(own, { recursive: true });
    await chmod(own, mode);
  }
}

/** A parent stands before its children; what this user may not read stays as it is. */
async function directoriesBelow(path: string, depth: number): Promise<Directory[]> {
  try {
    await access(path, constants.R_OK | constants.X_OK);
    const { mode } = await stat(path);
    const entries = depth > 0 ? await readdir(path, { withFileTypes: true }) : [];
    const children = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
    const below = await Promise.all(children.map((child) => directoriesBelow(child, depth - 1)));
    // Always writable by its owner, who is the machine's root.
    return [{ path, mode: (mode & 0o7777) | 0o700 }, ...below.flat()];
  } catch {
    return [];
  }
}
