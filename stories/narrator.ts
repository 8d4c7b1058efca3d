import { stripVTControlCharacters, styleText } from 'node:util';
import { formatDuration } from './timeline/format.ts';

/** Tells a story while it happens. Silent where only data is wanted. */
export interface Narrator {
  heading(text: string): void;
  chapter(text: string): void;
  /** Something that the story promised and that was seen to be so. */
  seen(text: string): void;
  /** Words that belong to what was just told, indented below it. */
  detail(text: string): void;
  /** What is going on right now; on a terminal it stands on the last line until something is told. */
  progress(text: string): void;
  end(): void;
}

/** Writes to a terminal or a file; progress is shown only on a terminal. */
export function createNarrator(output: NodeJS.WriteStream): Narrator {
  const started = Date.now();
  let chapters = 0;
  const clear = (): void => {
    if (output.isTTY) output.write('\r\u001b[2K');
  };
  const say = (line: string): void => {
    clear();
    output.write(`${output.isTTY ? line : stripVTControlCharacters(line)}\n`);
  };
  return {
    heading: (text) => {
      say(styleText('bold', text));
    },
    chapter: (text) => {
      chapters += 1;
      say('');
      say(styleText('bold', `${chapters}. ${text}`));
    },
    seen: (text) => {
      say(`   ${styleText('green', '✓')} ${text}`);
    },
    detail: (text) => {
      for (const line of text.split('\n')) say(styleText('dim', `       ${line}`));
    },
    progress: (text) => {
      if (!output.isTTY) return;
      clear();
      const line = `   … ${formatDuration(Date.now() - started)} ${text}`;
      output.write(styleText('dim', line.slice(0, Math.max(20, (output.columns || 80) - 1))));
    },
    end: clear,
  };
}

/** For `--json`: nothing is told, the data says it all. */
export const silentNarrator: Narrator = {
  heading: () => undefined,
  chapter: () => undefined,
  seen: () => undefined,
  detail: () => undefined,
  progress: () => undefined,
  end: () => undefined,
};
