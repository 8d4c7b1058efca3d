import { closeSync, mkdirSync, openSync, renameSync, rmSync, fstatSync, writeSync, existsSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Rotation {
  /** Size at which a new file is begun. */
  readonly maxBytes: number;
  /** Files kept, the current one included: `log`, `log.1`, `log.2`… */
  readonly keep: number;
}

/**
 * A log file of bounded size. Writing is synchronous, so that a script cannot print faster than the disk takes it.
 * A line that cannot be written is dropped: a full disk must not end what the log is about.
 */
export class RotatingFile {
  readonly #path: string;
  readonly #rotation: Rotation;
  #descriptor: number | undefined;
  #bytes = 0;

  constructor(path: string, rotation: Rotation) {
    this.#path = path;
    this.#rotation = rotation;
  }

  append(text: string): void {
    try {
      this.#open();
      if (this.#bytes >= this.#rotation.maxBytes) this.#rotate();
      const written = writeSync(this.#open(), text);
      this.#bytes += written;
    } catch {
      this.close();
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #open(): number {
    if (this.#descriptor !== undefined) return this.#descriptor;
    mkdirSync(dirname(this.#path), { recursive: true });
    const descriptor = openSync(this.#path, 'a');
    this.#descriptor = descriptor;
    this.#bytes = fstatSync(descriptor).size;
    return descriptor;
  }

  #rotate(): void {
    this.close();
    for (let age = this.#rotation.keep - 1; age >= 1; age -= 1) {
      const younger = age === 1 ? this.#path : `${this.#path}.${age - 1}`;
      if (existsSync(younger)) renameSync(younger, `${this.#path}.${age}`);
    }
    if (this.#rotation.keep <= 1) rmSync(this.#path, { force: true });
  }
}
