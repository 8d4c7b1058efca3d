import { lstatSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { availableBytes, describeShortage } from '../disk/full-disk.ts';
import { InstallError } from './install-error.ts';
import type { Instruction } from './instruction.ts';

/** What an installation wants of one disk. */
interface Demand {
  /** A directory on it. */
  readonly directory: string;
  bytes: number;
}

/** Disks give room in blocks, of this size nearly everywhere. */
const BLOCK_BYTES = 4096;

/**
 * Checks that the disks have room for all that will be copied, counting what the removal of the previous installation
 * gives back. So a disk that is too small is found while the previous revision still stands.
 * @throws InstallError that names the disk's directory, and what is needed and available there
 */
export function requireRoom(instructions: readonly Instruction[], installedPaths: readonly string[]): void {
  const demands = demandsOf(instructions);
  for (const [disk, { directory, bytes }] of demands) {
    if (bytes <= availableBytes(directory)) continue;
    const neededBytes = bytes - bytesGivenBack(installedPaths, disk);
    if (neededBytes > availableBytes(directory)) {
      throw new InstallError(`The disk is full: ${describeShortage(directory, neededBytes)}`);
    }
  }
}

function demandsOf(instructions: readonly Instruction[]): Map<number, Demand> {
  const demands = new Map<number, Demand>();
  const ofDirectory = new Map<string, Demand>();
  for (const instruction of instructions) {
    if (instruction.type !== 'copy') continue;
    const directory = dirname(instruction.destination);
    const demand = ofDirectory.get(directory) ?? demandAt(directory, demands);
    ofDirectory.set(directory, demand);
    demand.bytes += Math.ceil(lstatSync(instruction.source).size / BLOCK_BYTES) * BLOCK_BYTES;
  }
  return demands;
}

/** The demand on the disk where a directory lies, or will lie. */
function demandAt(directory: string, demands: Map<number, Demand>): Demand {
  const found = lstatIfPresent(directory);
  if (!found) return demandAt(dirname(directory), demands);
  const demand = demands.get(found.dev) ?? { directory, bytes: 0 };
  demands.set(found.dev, demand);
  return demand;
}

function bytesGivenBack(installedPaths: readonly string[], disk: number): number {
  let bytes = 0;
  for (const path of installedPaths) {
    const found = lstatIfPresent(path);
    if (found?.isFile() && found.dev === disk && found.nlink === 1) bytes += found.blocks * 512;
  }
  return bytes;
}

function lstatIfPresent(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // below something that is no directory
  }
}
