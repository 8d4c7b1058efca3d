import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ground } from '../../part.ts';

/** What the machine image brings; everything else is made by whoever installs it. */
const IMAGE_DIRECTORIES = [
  'etc/systemd/system',
  'opt',
  'root',
  'tmp',
  'usr/local/bin',
  'var/lib/cloud/instance',
  'var/log/journal',
];

/** A machine's disk: a plain directory, which programs on the machine find in `DESTDIR`. */
export interface Disk {
  readonly root: string;
  /** Where `path` of the machine lies, whether it exists or not. */
  path(path: string): string;
  /** What an absolute path in a configuration file means: the machine's own file if it has one, else this system's. */
  resolve(path: string): string;
}

/** Makes the disk of an instance; it stays when the instance ends, and goes with the rehearsal's directory. */
export async function createDisk(ground: Ground, instanceId: string): Promise<Disk> {
  const root = join(ground.directory, 'hosts', instanceId);
  await Promise.all(IMAGE_DIRECTORIES.map((directory) => mkdir(join(root, directory), { recursive: true })));
  return diskAt(root);
}

/** The disk whose root is an existing directory. */
export function diskAt(root: string): Disk {
  const path = (path: string): string => join(root, path);
  return {
    root,
    path,
    resolve: (wanted) => (wanted.startsWith('/') && existsSync(path(wanted)) ? path(wanted) : wanted),
  };
}

/** What users should know of the disks of this version, in words for a terminal. */
export function describeDisks(directory: string): string {
  return [
    `Each instance’s disk is a plain directory, ${join(directory, 'hosts', '<instance id>')}.`,
    'Its scripts find it in DESTDIR, which is empty on EC2: ${DESTDIR:-}/opt/app serves both.',
    'They run with your rights; a path without DESTDIR is a path of this machine.',
  ].join('\n');
}
