import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { imageDirectory, imageSources } from '../machine/machine-image.ts';
import { createDirectoryDisks } from './directory-disks.ts';
import type { Disks } from './disk.ts';
import { createOverlayDisks } from './overlay-disks.ts';

/** `auto`: copy-on-write views of this machine where the kernel allows them, plain directories elsewhere. */
export type DisksOption = 'auto' | 'overlay' | 'directory';

export const DISKS_OPTIONS: readonly DisksOption[] = ['auto', 'overlay', 'directory'];

/** The disks that somebody insists on cannot be had here. */
class OverlayRefused extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`This system allows no copy-on-write disks: ${reason}. Use --disks directory, or auto, or run as root.`);
    this.reason = reason;
  }
}

/**
 * The disks of a rehearsal's machines.
 * @param directory of the rehearsal
 * @param sources further directories of this system that machines must see; only copy-on-write disks show them
 * @throws OverlayRefused when `overlay` is asked for and the system allows none
 */
export async function chooseDisks(
  option: DisksOption,
  directory: string,
  sources: readonly string[] = [],
): Promise<Disks> {
  if (option === 'directory') return createDirectoryDisks(directory);
  const refusal = await overlayRefusal(directory);
  if (refusal === undefined) return createOverlayDisks(directory, [...imageSources(directory), ...sources]);
  if (option === 'overlay') throw new OverlayRefused(refusal);
  return createDirectoryDisks(directory, `This system allows no copy-on-write disks: ${refusal}.`);
}

/** By the file system's directory: whether it can hold a layer is its own affair. */
const refusals = new Map<string, Promise<string | undefined>>();

/**
 * Tries it for real, once per process: a machine's view of this system in which a file is written.
 * @returns why not, in words that fit behind a colon; undefined when it works
 */
export function overlayRefusal(directory: string): Promise<string | undefined> {
  const place = dirname(directory);
  const known = refusals.get(place) ?? tryOverlay(directory);
  refusals.set(place, known);
  return known;
}

/** Writes three files, `$0`, `$1` and `$2`, and lists the directories that must be there. */
const LOOK_AND_WRITE = `
for file in "$0" "$1" "$2"; do mkdir -p "\${file%/*}"; echo "$file" >"$file"; done
shift 3
ls "$@" >/dev/null`;

async function tryOverlay(directory: string): Promise<string | undefined> {
  const needed = imageSources(directory);
  await mkdir(imageDirectory(directory), { recursive: true });
  const name = `probe-${randomBytes(6).toString('hex')}`;
  const files = ['/etc', '/opt', '/var'].map((place) => `${place}/slipway-${name}/written`);
  try {
    const disk = await createOverlayDisks(directory, needed).create(name);
    try {
      const [program = '', ...words] = disk.command(['/bin/sh', '-ec', LOOK_AND_WRITE, ...files, '--', ...needed]);
      await promisify(execFile)(program, words);
      const written = await Promise.all(files.map((file) => readFile(disk.path(file), 'utf8')));
      if (written.some((content, index) => content !== `${files[index]}\n`)) return 'a file did not reach its layer';
      if (files.some((file) => existsSync(file))) return 'a file reached this machine instead of its layer';
      return undefined;
    } finally {
      await disk.release();
      await rm(disk.path('/'), { recursive: true, force: true });
    }
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return (stderr ?? message)
      .trim()
      .replaceAll(/\s*\n\s*/g, '; ')
      .replace(/\.$/, '');
  }
}
