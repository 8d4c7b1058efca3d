import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeShortage, isDiskFull } from '../disk/full-disk.ts';
import { writeAll } from '../disk/write-all.ts';
import { InstallError } from './install-error.ts';
import type { Instruction } from './instruction.ts';

/**
 * The list of what an installation makes, a path per line, in the order it is made. Each path is on it *before* it is
 * made: whenever the agent is interrupted, nothing is left that the next installation would not know as its own.
 */
export class InstallationNotes {
  readonly #file: string;
  readonly #descriptor: number;
  /** Directories that this installation has made, or is about to make. */
  readonly #ownDirectories = new Set<string>();

  constructor(file: string) {
    this.#file = file;
    this.#descriptor = openSync(file, 'a');
  }

  /** @throws InstallError when the disk has no room for it */
  note(...paths: readonly string[]): void {
    try {
      writeAll(this.#descriptor, Buffer.from(paths.map((path) => `${path}\n`).join('')));
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      throw new InstallError(`The disk is full: ${describeShortage(this.#file)}`, { cause: error });
    }
  }

  /**
   * Notes in one write what the next instructions make in directories of this installation. Nothing else: a file that
   * was on the host before would be removed by the next installation although this one, interrupted, never touched it.
   */
  noteAhead(instructions: readonly Instruction[]): void {
    const paths: string[] = [];
    for (const instruction of instructions) {
      if (instruction.type === 'mkdir') {
        this.#ownDirectories.add(instruction.directory);
        paths.push(instruction.directory);
      } else if (instruction.type === 'copy' && this.#isNew(instruction.destination)) {
        paths.push(instruction.destination);
      }
    }
    if (paths.length > 0) this.note(...paths);
  }

  /** Notes what is made outside of the installation's own directories; the rest has been noted ahead. */
  noteUnlessAhead(destination: string): void {
    if (!this.#isNew(destination)) this.note(destination);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #isNew(destination: string): boolean {
    return this.#ownDirectories.has(dirname(destination));
  }
}
