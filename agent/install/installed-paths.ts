import { rmdirSync, unlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { readFileIfPresent } from '../state/read-if-present.ts';
import { removeSecurityContext } from './permission-commands.ts';

const SECURITY_CONTEXT = 'semanage\0';

/**
 * What the latest installation of a deployment group made, in the order it was made. A last line without its end was
 * being written when the agent was interrupted, before its path was made; it does not count.
 */
export async function readInstalledPaths(file: string): Promise<string[]> {
  const lines = ((await readFileIfPresent(file)) ?? '').split('\n');
  return lines.slice(0, -1);
}

/**
 * Removes what the previous installation made, deepest first: files even if changed since, directories only if empty.
 * The list goes last, so that an interrupted removal is taken up again.
 */
export async function removeInstalledPaths(file: string): Promise<void> {
  for (const line of (await readInstalledPaths(file)).reverse()) {
    if (line.startsWith(SECURITY_CONTEXT)) await removeSecurityContext(line.slice(SECURITY_CONTEXT.length));
    else removePath(line);
  }
  await rm(file, { force: true });
}

/** Most paths are files; the system itself tells the others. @returns false for a directory */
function unlinkIfFile(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR') throw error;
    return false;
  }
}

function removePath(path: string): void {
  try {
    if (!unlinkIfFile(path)) rmdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Gone already, or a directory that holds something of somebody else's.
    if (!['ENOENT', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST', 'EBUSY'].includes(code ?? '')) throw error;
  }
}
