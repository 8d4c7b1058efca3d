import { closeSync, createReadStream, fstatSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { inflateRawSync } from 'node:zlib';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { FileWindow } from './file-window.ts';

const WINDOW_BYTES = 256 * 1024;
/** Smaller contents are unpacked in one piece: setting up streams would cost more than their work. */
const SMALL_BYTES = 256 * 1024;

const LOCAL_HEADER_BYTES = 30;
const LOCAL_HEADER_SIGNATURE = 0x04034b50;

/** Serves the archive's directory out of a window, and the contents of its larger files as streams. */
class WindowedReader extends yauzl.RandomAccessReader {
  readonly #path: string;
  readonly #window: FileWindow;

  constructor(path: string, descriptor: number) {
    super();
    this.#path = path;
    this.#window = new FileWindow(descriptor, WINDOW_BYTES);
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const copied = this.#window.at(position, length).copy(buffer, offset);
    callback(copied === length ? null : new Error('unexpected end of file'));
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream(this.#path, { start, end: end - 1 }); // closes what it reads, hence no shared descriptor
  }
}

/** An open zip archive, read from front to back. */
export class OpenZip {
  readonly #zip: ZipFile;
  readonly #descriptor: number;
  readonly #contents: FileWindow;

  private constructor(zip: ZipFile, descriptor: number) {
    this.#zip = zip;
    this.#descriptor = descriptor;
    this.#contents = new FileWindow(descriptor, WINDOW_BYTES);
  }

  /** @throws Error for a file that is no zip archive, or not a whole one */
  static async open(path: string): Promise<OpenZip> {
    const descriptor = openSync(path, 'r');
    try {
      const reader = new WindowedReader(path, descriptor);
      // Names are decoded by the caller, so that a bad one is refused in the same words as in other formats.
      const options = { autoClose: false, decodeStrings: false };
      const zip = await yauzl.fromRandomAccessReaderPromise(reader, fstatSync(descriptor).size, options);
      return new OpenZip(zip, descriptor);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }

  /** They can be gone through once. */
  entries(): AsyncIterable<Entry> {
    return this.#zip.eachEntry();
  }

  /** Whether an entry is unpacked in one piece. */
  isSmall({ compressedSize, uncompressedSize }: Entry): boolean {
    return this.#contents.fits(compressedSize) && uncompressedSize <= SMALL_BYTES;
  }

  /** The unpacked content of an entry, in pieces; neither more nor less than the entry announces. */
  async *content(entry: Entry): AsyncIterable<Buffer> {
    yield* (await this.#zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  /**
   * The unpacked content of a small entry, to be used before the next is asked for.
   * The entry's own header repeats name and extra fields, in lengths of its own.
   */
  smallContent(entry: Entry): Buffer {
    const { relativeOffsetOfLocalHeader: start, compressedSize, uncompressedSize } = entry;
    const header = this.#contents.at(start, LOCAL_HEADER_BYTES);
    if (header.length < LOCAL_HEADER_BYTES || header.readUInt32LE() !== LOCAL_HEADER_SIGNATURE) {
      throw new Error('invalid local file header');
    }
    const contentStart = start + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
    const stored = this.#contents.at(contentStart, compressedSize);
    if (stored.length < compressedSize) throw new Error('file data overflows file bounds');
    const content = entry.isCompressed()
      ? inflateRawSync(stored, { maxOutputLength: uncompressedSize + 1, chunkSize: Math.max(64, uncompressedSize + 1) })
      : stored;
    if (content.length !== uncompressedSize) throw new Error(`${content.length} bytes instead of ${uncompressedSize}`);
    return content;
  }
}
