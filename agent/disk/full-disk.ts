import { statfsSync } from 'node:fs';
import type { StatsFs } from 'node:fs';
import { dirname } from 'node:path';

/** Whether a file operation failed because the disk, or this user's share of it, is full. */
export function isDiskFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** Bytes that may still be written on the disk that holds a path, whether the path exists or not. */
export function availableBytes(path: string): number {
  const { bavail, bsize } = diskOf(path);
  return bavail * bsize;
}

function diskOf(path: string): StatsFs {
  try {
    return statfsSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error;
    return diskOf(dirname(path));
  }
}

/**
 * What a message says of a disk without room: where, how much is wanted if that is known, and how much is there. A disk
 * may also be out of files while it has bytes to spare.
 */
export function describeShortage(path: string, neededBytes?: number): string {
  const needed = neededBytes === undefined ? '' : `${inUnits(neededBytes)} needed, `;
  const { files, ffree } = diskOf(path);
  const isOutOfFiles = files > 0 && ffree === 0; // some file systems count none
  const shortage = isOutOfFiles
    ? 'its disk holds as many files as it can'
    : `${needed}${inUnits(availableBytes(path))} available on its disk`;
  return `no room for ${path} (${shortage}). Free space on the host, then deploy again.`;
}

/** `17 bytes`, `1.5 MiB`. */
function inUnits(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const power = Math.min(Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)), units.length - 1);
  const amount = bytes / 1024 ** power;
  return `${power === 0 ? bytes : amount.toFixed(1)} ${units[power]}`;
}
