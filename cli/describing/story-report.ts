import type { Terminal } from '../terminal.ts';

/** A story as the engine tells it. */
export interface ToldStory {
  readonly subject: string;
  readonly entries: readonly {
    /** ISO 8601. */
    readonly at: string;
    readonly teller: string;
    readonly instanceId: string;
    readonly text: string;
    readonly details?: readonly string[];
  }[];
}

/** A story in lines: a heading for each day, then time, who, what; reasons and output below. */
export function storyReport({ entries }: ToldStory, terminal: Pick<Terminal, 'style'>): readonly string[] {
  const names = Math.max(0, ...entries.map(({ teller }) => teller.length));
  const isAboutSeveral = new Set(entries.map(({ instanceId }) => instanceId)).size > 1;
  let day = '';
  return entries.flatMap(({ at, teller, instanceId, text, details = [] }) => {
    const date = new Date(at).toISOString();
    const heading = date.slice(0, 10) === day ? [] : [terminal.style('bold', `${date.slice(0, 10)} UTC`)];
    day = date.slice(0, 10);
    const who = `${teller.padEnd(names)}  ${isAboutSeveral ? `${instanceId}  ` : ''}`;
    return [
      ...heading,
      `${date.slice(11, 19)}  ${who}${text}`,
      ...details.map((line) => terminal.style('dim', `${' '.repeat(10 + who.length)}${line}`)),
    ];
  });
}
