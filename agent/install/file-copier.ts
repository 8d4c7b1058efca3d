import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fchownSync,
  futimesSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { copyFile as copyFileInBackground } from 'node:fs/promises';
import { writeAll } from '../disk/write-all.ts';

/** Up to here reading and writing is quicker than the system's own ways to copy, which have to be prepared. */
const SMALL_BYTES = 64 * 1024;
/** Larger files are copied in a thread of their own, so that the agent stays responsive. */
const COPIED_AT_ONCE_BYTES = 1024 * 1024;

const SPECIAL_BITS = 0o7000;
const { O_RDONLY, O_WRONLY, O_CREAT, O_TRUNC, COPYFILE_FICLONE } = constants;

/** Copies files with mode, times and, for root, owner; a symbolic link is made anew with the same target. */
export class FileCopier {
  /** One for all: the thousands of small files of a typical revision would each leave one behind. */
  readonly #buffer = Buffer.allocUnsafe(SMALL_BYTES);
  readonly #keepsOwners = process.getuid?.() === 0;

  /** @returns a promise for a large file alone; others are copied when it returns */
  copy(source: string, destination: string): Promise<void> | undefined {
    const found = lstatSync(source);
    if (found.isSymbolicLink()) {
      symlinkSync(readlinkSync(source), destination);
    } else if (found.isFile() && found.size <= SMALL_BYTES) {
      replacingRunning(destination, () => {
        this.#copySmall(source, destination, found);
      });
    } else if (found.size <= COPIED_AT_ONCE_BYTES) {
      replacingRunning(destination, () => {
        copyFileSync(source, destination, COPYFILE_FICLONE);
      });
      this.#copyAttributes(destination, found);
    } else {
      return this.#copyLarge(source, destination, found);
    }
    return undefined;
  }

  /** Writes through a link at the destination. All is read before, for it may lead back to the source. */
  #copySmall(source: string, destination: string, found: Stats): void {
    const content = this.#read(source);
    const descriptor = openSync(destination, O_WRONLY | O_CREAT | O_TRUNC, found.mode & 0o777);
    try {
      writeAll(descriptor, content);
      if (this.#keepsOwners) fchownSync(descriptor, found.uid, found.gid);
      fchmodSync(descriptor, found.mode & 0o7777); // last: a change of the owner takes special bits away
      futimesSync(descriptor, found.atimeMs / 1000, found.mtimeMs / 1000);
    } finally {
      closeSync(descriptor);
    }
  }

  #read(source: string): Buffer {
    const descriptor = openSync(source, O_RDONLY);
    try {
      return this.#buffer.subarray(0, readSync(descriptor, this.#buffer));
    } finally {
      closeSync(descriptor);
    }
  }

  async #copyLarge(source: string, destination: string, found: Stats): Promise<void> {
    const copy = (): Promise<void> => copyFileInBackground(source, destination, COPYFILE_FICLONE);
    await copy().catch((error: unknown) => {
      removeIfRunning(destination, error);
      return copy();
    });
    this.#copyAttributes(destination, found);
  }

  #copyAttributes(destination: string, found: Stats): void {
    if (this.#keepsOwners) chownSync(destination, found.uid, found.gid);
    if (found.mode & SPECIAL_BITS) chmodSync(destination, found.mode & 0o7777); // chown takes them away
    utimesSync(destination, found.atime, found.mtime);
  }
}

function replacingRunning(destination: string, copy: () => void): void {
  try {
    copy();
  } catch (error) {
    removeIfRunning(destination, error);
    copy();
  }
}

/** A program that runs cannot be written to, and is replaced. @throws the error of the attempt if it says otherwise */
function removeIfRunning(destination: string, error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ETXTBSY') throw error;
  unlinkSync(destination);
}
