import { Readable } from 'node:stream';

import yauzl from 'yauzl';

import { endReading } from './app-spec-reading.ts';
import type { S3Bundle } from './s3-bundle.ts';

/** What one request brings: a directory of some ten thousand files. */
const WINDOW_BYTES = 1024 * 1024;

/** A directory of more than this is one of half a million files. */
const LIMIT_BYTES = 32 * 1024 * 1024;

interface Window {
  readonly start: number;
  readonly bytes: Buffer;
}

/** Serves parts of an archive in S3 out of a window that moves. */
export class BundleReader extends yauzl.RandomAccessReader {
  readonly #bundle: S3Bundle;
  #window: Window = { start: 0, bytes: Buffer.alloc(0) };
  #readBytes = 0;
  /** Why a part could not be read, as opposed to one that makes no sense. */
  failure: unknown;

  constructor(bundle: S3Bundle) {
    super();
    this.#bundle = bundle;
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#part(position, position + length).then(
      (part) => {
        part.copy(target, offset);
        callback(null);
      },
      (error: unknown) => {
        callback(error as Error);
      },
    );
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const part = async function* (this: BundleReader) {
      yield await this.#part(start, end);
    };
    return Readable.from(part.call(this));
  }

  async #part(start: number, end: number): Promise<Buffer> {
    try {
      const isThere = start >= this.#window.start && end <= this.#window.start + this.#window.bytes.length;
      if (!isThere) this.#window = await this.#fetch(start, end);
      return this.#window.bytes.subarray(start - this.#window.start, end - this.#window.start);
    } catch (error) {
      this.failure ??= error;
      throw error;
    }
  }

  /** The window ends with the archive at the latest: its last bytes come with the directory before them. */
  async #fetch(start: number, end: number): Promise<Window> {
    const { sizeBytes } = this.#bundle;
    const from = Math.min(start, Math.max(0, sizeBytes - WINDOW_BYTES));
    const to = Math.min(sizeBytes, Math.max(end, from + WINDOW_BYTES));
    this.#readBytes += to - from;
    if (this.#readBytes > LIMIT_BYTES) {
      endReading('unreadable', `its directory has more than ${LIMIT_BYTES / 1024 / 1024} MiB`);
    }
    return { start: from, bytes: await this.#bundle.part(from, to) };
  }
}
