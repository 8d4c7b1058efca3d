import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where a command tells what it found and how it went. */
export interface Terminal {
  /** A line of the result, to standard output. */
  print(line: string): void;
  /** A line about the work, to standard error: it is no part of the result. */
  note(line: string): void;
  /** Colours a piece of a line of the result, where somebody sees colours. */
  style(style: Style, text: string): string;
  /** Lines at the end of the result that are drawn anew as things change; undefined where nobody watches. */
  readonly live?: LiveLines;
}

export interface LiveLines {
  /** Puts these lines in the place of the last ones; later lines of the result come above them. */
  draw(lines: readonly string[]): void;
  /** How many the screen holds. */
  readonly rows: number;
}

/**
 * The terminal of a process. Colours only where standard output is one and wants them: `NO_COLOR`, `FORCE_COLOR` and
 * `TERM=dumb` are heeded.
 */
export function processTerminal({ stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>): Terminal {
  const live = stdout.isTTY && process.env['TERM'] !== 'dumb' ? liveLines(stdout) : undefined;
  const above = (write: () => void): void => (live ? live.above(write) : write());
  return {
    print: (line) => {
      above(() => stdout.write(`${line}\n`));
    },
    note: (line) => {
      above(() => stderr.write(`${line}\n`));
    },
    style: (style, text) => styleText(style, text, { stream: stdout }),
    ...(live && { live }),
  };
}

/** A wrapped line would take two rows, and be erased in part only: what is too long is cut by the terminal. */
const NO_WRAP = '\u001B[?7l';
const WRAP = '\u001B[?7h';

interface DrawnLines extends LiveLines {
  above(write: () => void): void;
}

function liveLines(stdout: Pick<NodeJS.WriteStream, 'write' | 'rows'>): DrawnLines {
  let drawn: readonly string[] = [];
  const erase = (): void => {
    if (drawn.length > 0) stdout.write(`\u001B[${drawn.length}A\u001B[0J`);
  };
  const draw = (lines: readonly string[]): void => {
    erase();
    drawn = lines;
    if (lines.length > 0) stdout.write(`${NO_WRAP}${lines.join('\n')}\n${WRAP}`);
  };
  return {
    draw,
    above: (write) => {
      const lines = drawn;
      draw([]);
      write();
      draw(lines);
    },
    get rows() {
      return stdout.rows;
    },
  };
}
