import { parseArgs } from 'node:util';

import { live } from './life/life.ts';
import { liveMany } from './crew/crew.ts';
import { shrink } from './crew/shrink.ts';
import { told } from './report.ts';

const USAGE = `npm run chaos [-- [--lives N] [--from SEED] | --seed SEED [--shrink]]

Lets fleets live short lives under random faults, and looks whether each ends as it should.

  --lives N     how many (default 100)
  --from SEED   of the first; the others follow (default 1)
  --seed SEED   this one life, told in full
  --shrink      with as few kinds of faults as it ends badly with
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
  const shrunk = options.isToShrink ? await shrink(options.seed) : undefined;
  const life = shrunk?.life ?? (await live(options.seed));
  console.log(life.story.join('\n'));
  console.log(told(life));
  if (shrunk) console.log(`  what it takes: ${shrunk.kinds.join(', ')}`);
  return life.complaints.length === 0 ? 0 : 1;
}

interface Options {
  readonly from: number;
  readonly lives: number;
  readonly seed?: number;
  readonly isToShrink: boolean;
}

function readCommandLine(): Options | undefined {
  try {
    const { values } = parseArgs({
      options: {
        lives: { type: 'string', default: '100' },
        from: { type: 'string', default: '1' },
        seed: { type: 'string' },
        shrink: { type: 'boolean', default: false },
      },
    });
    const [from, lives, seed] = [Number(values.from), Number(values.lives), Number(values.seed ?? 0)];
    if (![from, lives, seed].every(Number.isSafeInteger)) return undefined;
    return { from, lives, isToShrink: values.shrink, ...(values.seed !== undefined && { seed }) };
  } catch {
    return undefined;
  }
}
