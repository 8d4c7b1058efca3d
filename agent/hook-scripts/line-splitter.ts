/** A line that never ends is passed on in pieces of this length. */
const LONGEST_LINE = 64 * 1024;

/** Turns bytes into lines. Bytes that are not UTF-8 become replacement characters: output is never a reason to fail. */
export class LineSplitter {
  readonly #decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  write(bytes: Uint8Array): void {
    this.#take(this.#decoder.decode(bytes, { stream: true }));
  }

  /** Passes on what is left after the last line's end. */
  end(): void {
    this.#take(this.#decoder.decode());
    if (this.#rest !== '') this.#onLine(this.#rest);
    this.#rest = '';
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#onLine(line.replace(/\r$/, ''));
    if (this.#rest.length < LONGEST_LINE) return;
    this.#onLine(this.#rest);
    this.#rest = '';
  }
}
