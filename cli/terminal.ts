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
}

/**
 * The terminal of a process. Colours only where standard output is one and wants them: `NO_COLOR`, `FORCE_COLOR` and
 * `TERM=dumb` are heeded.
 */
export function processTerminal({ stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>): Terminal {
  return {
    print: (line) => stdout.write(`${line}\n`),
    note: (line) => stderr.write(`${line}\n`),
    style: (style, text) => styleText(style, text, { stream: stdout }),
  };
}
