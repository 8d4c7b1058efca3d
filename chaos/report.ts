import type { Tally } from './faults/tally.ts';
import type { Life } from './life/life.ts';

/** Lines of a story that are told with a failing life: people's doings, and where the engine met its end of the trouble. */
const TELLING = /== |failed|stopped|died|silent/;
const MOST_LINES = 12;

/** How a life ended, in a line or some. */
export function told({ seed, complaints, lastedMs }: Omit<Life, 'story' | 'tally'>): string {
  const lasted = `seed ${seed}, ${Math.round(lastedMs / 60_000)} minutes`;
  if (complaints.length === 0) return `${lasted}: all is well`;
  const left = complaints.length - MOST_LINES;
  const lines = complaints.slice(0, MOST_LINES).map((line) => `  - ${line}`);
  return [`${lasted}:`, ...lines, ...(left > 0 ? [`  and ${left} more`] : [])].join('\n');
}

/** What happened in a life, in short. */
export function inShort(story: readonly string[]): string {
  const telling = story.filter((line) => TELLING.test(line)).map((line) => `    ${line.slice(0, 160)}`);
  return telling.slice(-MOST_LINES).join('\n');
}

/** How many lives, how fast, and what they had to bear. */
export function summed(lives: number, failed: number, seconds: number, tally: Tally): string {
  const aMinute = Math.round((lives / seconds) * 60);
  const rows = [...tally].toSorted(([, one], [, other]) => other - one);
  const faults = rows.map(([fault, times]) => `${String(times).padStart(8)}  ${fault}`);
  const verdict = failed === 0 ? 'all of them ended as they should' : `${failed} of them ended badly`;
  return [`${lives} lives in ${seconds.toFixed(1)} s, ${aMinute} a minute: ${verdict}`, ...faults].join('\n');
}
