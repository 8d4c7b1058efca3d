import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the machine image brings; everything else is made by whoever installs it. */
export const IMAGE_DIRECTORIES = [
  'etc/systemd/system',
  'opt',
  'root',
  'tmp',
  'usr/local/bin',
  'var/lib/cloud/instance',
  'var/log/journal',
];

/** A machine's disk. Paths are absolute paths of the machine; what it wrote outlives it, until the rehearsal ends. */
export interface Disk {
  /** Where `path` lies for the rehearsal, whether it exists or not. */
  path(path: string): string;
  /** The name by which programs on the machine reach `path`. */
  inside(path: string): string;
  /** What `DESTDIR` is on the machine; undefined where `/` is the machine's own. */
  readonly destdir: string | undefined;
  /** The command line that starts a program on the machine. */
  command(words: readonly string[]): readonly string[];
  /** Signals the program that a command line of `command` started as process `pid`. */
  signal(pid: number, signal: NodeJS.Signals): void;
  /** Kills at once what still runs on it, as far as the disk itself knows; without waiting. */
  kill(): void;
  /** The machine has ended: kills, and lets go of everything but the files. Repeating is harmless. */
  release(): Promise<void>;
}

/** Makes the disks of one rehearsal. */
export interface Disks {
  create(instanceId: string): Promise<Disk>;
  /** What users should know of them, in words for a terminal. */
  readonly description: string;
}

/** Where the files of an instance lie, on every kind of disk. */
export function diskDirectory(rehearsalDirectory: string, instanceId: string): string {
  return join(rehearsalDirectory, 'hosts', instanceId);
}

/** Where a path of the machine lies below the directory that is its disk; `..` does not lead out. */
export function pathBelow(root: string, path: string): string {
  return join(root, resolve('/', path)).replace(/(?<=.)\/$/, '');
}

/** Whether the machine itself has a file of that absolute path. */
export function isOnDisk(disk: Disk, path: string): boolean {
  return path.startsWith('/') && existsSync(disk.path(path));
}

/** What an absolute path in a unit means to a program: the machine's own file if it has one, else this system's. */
export function resolveOnDisk(disk: Disk, path: string): string {
  return isOnDisk(disk, path) ? disk.inside(path) : path;
}
