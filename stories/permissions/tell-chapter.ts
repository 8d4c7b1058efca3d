import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRehearsal, type Rehearsal } from '../../rehearsal/index.ts';
import { silentNarrator } from '../narrator.ts';
import { type Chapter, groundOf } from './chapter.ts';
import { expectNoRefusal } from './expect-no-refusal.ts';
import { evenMood, hostsOf } from './host-mood.ts';
import { copyAssembly, type StackGrant } from './withdraw.ts';

/** Synthesized assemblies: one, and the next, which declares another revision. */
export interface Assembled {
  readonly first: string;
  readonly next: string;
}

interface Telling {
  readonly assembled: Assembled;
  /** What the stacks lack. @default nothing */
  readonly withdrawn?: StackGrant;
  /** Sees the rehearsal as soon as it runs. @returns what is called before it ends */
  readonly watch?: (rehearsal: Rehearsal) => () => void;
}

/** Tells one chapter, on stacks of its own. @returns why it ends otherwise; undefined when it ends well */
export async function tellChapter(
  chapter: Chapter,
  { assembled, withdrawn, watch }: Telling,
): Promise<string | undefined> {
  const { hosts = 'simulated', speed = 60, desiredCapacity = 1, adjust } = chapter;
  const directory = await mkdtemp(join(tmpdir(), 'slipway-chapter-'));
  const mood = evenMood();
  chapter.prepare?.(mood);
  const copy = async (which: keyof Assembled): Promise<string> => {
    await copyAssembly(assembled[which], join(directory, which), { withdrawn, desiredCapacity, adjust });
    return join(directory, which);
  };
  let rehearsal: Rehearsal | undefined;
  let unwatch: (() => void) | undefined;
  try {
    const assembly = await copy('first');
    rehearsal = await startRehearsal({ assembly, speed, hosts, simulation: hostsOf(mood) });
    unwatch = watch?.(rehearsal);
    const ground = groundOf({ rehearsal, narrator: silentNarrator, nextAssembly: () => copy('next') }, mood);
    await Promise.race([chapter.tell(ground), refusalIn(rehearsal)]);
    expectNoRefusal(rehearsal);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    unwatch?.();
    await rehearsal?.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** The chapter would fail at its end: nobody needs to wait for it. @throws Deviation at the first refusal */
function refusalIn(rehearsal: Rehearsal): Promise<never> {
  return new Promise((_, reject) => {
    const look = (): void => {
      try {
        expectNoRefusal(rehearsal);
      } catch (error) {
        reject(error as Error);
      }
    };
    look();
    rehearsal.journal.follow(look);
  });
}
