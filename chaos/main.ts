import { parseArgs } from 'node:util';

import { live } from './life/life.ts';
import { liveMany } from './crew/crew.ts';
import { told } from './report.ts';

const USAGE = `npm run chaos [-- [--lives N] [--from SEED] | --seed SEED]

Lets fleets live short lives under random faults, and looks whether each ends as it should.

  --lives N     how many (default 100)
  --from SEED   of the first; the others follow (default 1)
  --seed SEED   this one life, told in full
`;

process.exitCode = await main();

/** @returns the exit code: 0 when every life ended as it should, 1 otherwise, 2 for a command line that makes no sense */
async function main(): Promise<number> {
  const options = readCommandLine();
  if (!options) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (options.seed === undefined) return liveMany(options);
  const life = await live(options.seed);
  console.log(life.story.join('\n'));
  console.log(told(life));
  return life.complaints.length === 0 ? 0 : 1;
}

function readCommandLine(): { readonly from: number; readonly lives: number; readonly seed?: number } | undefined {
  try {
    const { values } = parseArgs({
      options: {
        lives: { type: 'string', default: '100' },
        from: { type: 'string', default: '1' },
        seed: { type: 'string' },
      },
    });
    const [from, lives, seed] = [Number(values.from), Number(values.lives), Number(values.seed ?? 0)];
    if (![from, lives, seed].every(Number.isSafeInteger)) return undefined;
    return { from, lives, ...(values.seed !== undefined && { seed }) };
  } catch {
    return undefined;
  }
}
