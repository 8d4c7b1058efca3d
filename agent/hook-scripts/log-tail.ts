/** AWS's agent keeps 2,048 characters of log for the deployment's record. */
const LONGEST_TAIL = 2048;

/**
 * The newest entries of a log, as many whole ones as fit. A single entry that does not fit keeps its end: the words a
 * script dies with are worth more than none (AWS's agent then sends none).
 */
export class LogTail {
  readonly #longest: number;
  readonly #entries: string[] = [];
  #length = 0;

  constructor(longest = LONGEST_TAIL) {
    this.#longest = longest;
  }

  add(entry: string): void {
    const line = `${entry}\n`;
    this.#entries.push(line.length > this.#longest ? endOf(line, this.#longest) : line);
    this.#length += this.#entries.at(-1)?.length ?? 0;
    while (this.#length > this.#longest) this.#length -= this.#entries.shift()?.length ?? 0;
  }

  text(): string {
    return this.#entries.join('');
  }
}

/** Never begins in the middle of a character outside the basic plane. */
function endOf(text: string, length: number): string {
  const end = text.slice(-length);
  return /^[\uDC00-\uDFFF]/.test(end) ? end.slice(1) : end;
}
