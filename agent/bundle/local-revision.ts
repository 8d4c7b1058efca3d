import { cp, rename, rm, symlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { BundleError } from './bundle-error.ts';
import type { UnpackPlaces } from './unpack.ts';

/** Lets the deployment's bundle be a file of this host, by a link as AWS's agent makes it. */
export async function linkLocalFile(location: string, file: string): Promise<void> {
  await rm(file, { force: true });
  await symlink(resolve(location), file);
}

/** Copies a directory of this host as the unpacked revision: modes, times and links stay as they are. */
export async function copyDirectory(
  location: string,
  { unfinished, archive }: Pick<UnpackPlaces, 'unfinished' | 'archive'>,
): Promise<void> {
  await rm(unfinished, { recursive: true, force: true });
  try {
    await cp(location, unfinished, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    await rm(archive, { recursive: true, force: true });
    await rename(unfinished, archive);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BundleError(`Could not copy the revision from ${location}: ${reason}`, { cause: error });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
