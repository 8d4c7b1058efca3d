import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readProcessTable } from '../machine/process-table.ts';
import type { Disk, Disks } from './disk.ts';
import { diskDirectory, IMAGE_DIRECTORIES, pathBelow } from './disk.ts';
import { isUnprivileged, openNamespace } from './namespace.ts';
import { makeSkeleton, writtenDirectories } from './skeleton.ts';

/**
 * Disks that are copy-on-write views of this machine: programs find everything that is installed here, write where they
 * like, by absolute paths, and change nothing but their own disk.
 * @param directory of the rehearsal
 * @param needed directories of this system that a machine must see, wherever they lie
 */
export function createOverlayDisks(directory: string, needed: readonly string[]): Disks {
  let skeleton: ReturnType<typeof writtenDirectories> | undefined;
  const prepare = async (root: string): Promise<void> => {
    await Promise.all(IMAGE_DIRECTORIES.map((name) => mkdir(join(root, name), { recursive: true })));
    if (isUnprivileged()) await makeSkeleton(root, await (skeleton ??= writtenDirectories()));
  };
  return {
    create: async (instanceId) => {
      const root = diskDirectory(directory, instanceId);
      const work = join(directory, 'overlays', instanceId);
      await Promise.all([prepare(root), mkdir(work, { recursive: true })]);
      return overlayDisk(root, work, needed);
    },
    description: [
      'Each instance’s disk is a copy-on-write view of this machine: scripts write where they like and by absolute path,',
      `and only ${diskDirectory(directory, '<instance id>')} changes. DESTDIR is empty, as on EC2.`,
    ].join('\n'),
  };
}

/** @throws Error with the system's own words where it allows no such view */
async function overlayDisk(root: string, work: string, needed: readonly string[]): Promise<Disk> {
  const namespace = await openNamespace(root, work, needed).catch(async (error: unknown) => {
    await removeWork(work);
    throw error;
  });
  const release = async (): Promise<void> => {
    namespace.kill();
    await namespace.ended;
    await removeWork(work);
  };
  let released: Promise<void> | undefined;
  return {
    // A layer holds each file where it stands on the machine, and what the rehearsal itself writes is no layer.
    path: (path) => pathBelow(root, path),
    inside: (path) => path,
    destdir: undefined,
    command: namespace.command,
    signal: (pid, signal) => {
      // The program that entered the namespace stays outside and waits for the one that it started there.
      const inside = readProcessTable([]).filter(({ parentPid }) => parentPid === pid);
      for (const program of inside) process.kill(program.pid, signal);
    },
    kill: namespace.kill,
    release: () => (released ??= release()),
  };
}

/** Overlayfs leaves a directory in it that its owner, unless root, can only remove after a change of its mode. */
async function removeWork(work: string): Promise<void> {
  if (isUnprivileged()) await promisify(execFile)('chmod', ['-R', 'u+rwX', work]).catch(() => undefined);
  await rm(work, { recursive: true, force: true });
}
