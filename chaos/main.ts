import { parseArgs } from 'node:util';

import type { Fault } from './faults/fault.ts';
import { count, type Tally } from './faults/tally.ts';
import { type Life, live } from './life/life.ts';

const USAGE = `npm run chaos [-- [--lives N] [--from SEED] | --seed SEED]

Lets fleets live short lives under random faults, and looks whether each ends as it should.

  --lives N     how many (default 100)
  --from SEED   of the first; the others follow (default 1)
  --seed SEED   this one life, told in full
`;

process.exitCode = await main();

/** @returns the exit code: 0 when every life ended as it should, 1 otherwise, 2 for a command line that makes no sense */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      lives: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
    },
  });
  const [lives, from, seed] = [Number(values.lives), Number(values.from), Number(values.seed ?? 0)];
  if (![lives, from, seed].every(Number.isSafeInteger)) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (values.seed === undefined) return liveMany(from, lives);
  const life = await live(seed);
  console.log(life.story.join('\n'));
  console.log(told(life));
  return life.complaints.length === 0 ? 0 : 1;
}

async function liveMany(from: number, lives: number): Promise<number> {
  const startedMs = performance.now();
  const tally: Tally = new Map();
  let failed = 0;
  for (let seed = from; seed < from + lives; seed += 1) {
    const life = await live(seed);
    for (const [fault, times] of life.tally) count(tally, fault, times);
    if (life.complaints.length === 0) continue;
    failed += 1;
    console.log(told(life));
  }
  const seconds = (performance.now() - startedMs) / 1000;
  console.log(
    `${lives} lives in ${seconds.toFixed(1)} s, ${Math.round((lives / seconds) * 60)} a minute; ${failed} ended badly`,
  );
  console.log(tallied(tally));
  return failed === 0 ? 0 : 1;
}

function told({ seed, complaints, lastedMs }: Life): string {
  const lasted = `seed ${seed}, ${Math.round(lastedMs / 60_000)} minutes`;
  return complaints.length === 0
    ? `${lasted}: all is well`
    : [`${lasted}:`, ...complaints.map((line) => `  - ${line}`)].join('\n');
}

function tallied(tally: Tally): string {
  const rows: [Fault, number][] = [...tally].sort(([, one], [, other]) => other - one);
  return rows.map(([fault, times]) => `${String(times).padStart(8)}  ${fault}`).join('\n');
}
