import { readSync } from 'node:fs';

/**
 * Reads a file through a window of it that is held in memory and moves along. Whoever reads mostly forwards, as one
 * reads the small files of an archive, asks the disk once for hundreds of pieces.
 */
export class FileWindow {
  readonly #descriptor: number;
  readonly #window: Buffer;
  #start = 0;
  #length = 0;

  constructor(descriptor: number, windowBytes: number) {
    this.#descriptor = descriptor;
    this.#window = Buffer.allocUnsafe(windowBytes);
  }

  /** Whether a piece can be seen at once. */
  fits(length: number): boolean {
    return length <= this.#window.length;
  }

  /**
   * A piece of the file, to be used before the next is asked for: they share their memory.
   * @returns less than `length` at the end of the file
   */
  at(position: number, length: number): Buffer {
    const offset = position - this.#start;
    if (offset >= 0 && offset + length <= this.#length) return this.#window.subarray(offset, offset + length);
    this.#start = position;
    this.#length = 0;
    while (this.#length < length) {
      const free = this.#window.length - this.#length;
      const read = readSync(this.#descriptor, this.#window, this.#length, free, position + this.#length);
      if (read === 0) break;
      this.#length += read;
    }
    return this.#window.subarray(0, Math.min(length, this.#length));
  }
}
