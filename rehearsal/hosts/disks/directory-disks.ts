import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disk, Disks } from './disk.ts';
import { diskDirectory, IMAGE_DIRECTORIES, pathBelow } from './disk.ts';

/**
 * Disks that are plain directories: programs see this machine, and find their own disk in `DESTDIR`.
 * @param directory of the rehearsal
 * @param reason why disks are of this kind, one sentence
 */
export function createDirectoryDisks(directory: string, reason?: string): Disks {
  return {
    create: async (instanceId) => {
      const root = diskDirectory(directory, instanceId);
      await Promise.all(IMAGE_DIRECTORIES.map((name) => mkdir(join(root, name), { recursive: true })));
      return directoryDisk(root);
    },
    description: [
      `Each instance’s disk is a plain directory, ${diskDirectory(directory, '<instance id>')}.`,
      ...(reason === undefined ? [] : [reason]),
      'Its scripts find it in DESTDIR, which is empty on EC2: ${DESTDIR:-}/opt/app serves both.',
      'They run with your rights; a path without DESTDIR is a path of this machine.',
    ].join('\n'),
  };
}

/** The disk whose root is an existing directory. */
export function directoryDisk(root: string): Disk {
  const path = (path: string): string => pathBelow(root, path);
  return {
    path,
    inside: path,
    destdir: root,
    command: (words) => words,
    signal: (pid, signal) => {
      process.kill(pid, signal);
    },
    kill: () => undefined,
    release: () => Promise.resolve(),
  };
}
