import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  lstatSync,
  readlinkSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { copyFile as copyFileInBackground } from 'node:fs/promises';

/** Larger files are copied in a thread of their own, so that the agent stays responsive. */
const COPIED_AT_ONCE_BYTES = 1024 * 1024;

const SPECIAL_BITS = 0o7000;

/** Copies a file with mode, times and, for root, owner; a symbolic link is made anew with the same target. */
export async function copyFile(source: string, destination: string): Promise<void> {
  const found = lstatSync(source);
  if (found.isSymbolicLink()) {
    symlinkSync(readlinkSync(source), destination);
    return;
  }
  await copyContent(source, destination, found.size);
  if (process.getuid?.() === 0) chownSync(destination, found.uid, found.gid);
  if (found.mode & SPECIAL_BITS) chmodSync(destination, found.mode & 0o7777); // chown takes them away
  utimesSync(destination, found.atime, found.mtime);
}

/** Writes through a link at the destination. A program that runs cannot be written to, and is replaced. */
async function copyContent(source: string, destination: string, bytes: Stats['size']): Promise<void> {
  const copy = (): void | Promise<void> =>
    bytes > COPIED_AT_ONCE_BYTES
      ? copyFileInBackground(source, destination, constants.COPYFILE_FICLONE)
      : copyFileSync(source, destination, constants.COPYFILE_FICLONE);
  try {
    await copy();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ETXTBSY') throw error;
    unlinkSync(destination);
    await copy();
  }
}
