import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether a file operation failed because the disk, or this user's share of it, is full. */
export function isDiskFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** Bytes that may still be written on the disk that holds a path, whether the path exists or not. */
export function availableBytes(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error;
    return availableBytes(dirname(path));
  }
}

/** What a message says of a disk without room: where, how much is wanted if that is known, and how much is there. */
export function describeShortage(path: string, neededBytes?: number): string {
  const needed = neededBytes === undefined ? '' : `${inUnits(neededBytes)} needed, `;
  return `no room for ${path} (${needed}${inUnits(availableBytes(path))} available on its disk). Free space on the host, then deploy again.`;
}

/** `17 bytes`, `1.5 MiB`. */
function inUnits(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const power = Math.min(Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)), units.length - 1);
  const amount = bytes / 1024 ** power;
  return `${power === 0 ? bytes : amount.toFixed(1)} ${units[power]}`;
}
