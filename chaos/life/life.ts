import { Faults, weatherFrom } from '../faults/faults.ts';
import type { Fault, Happening } from '../faults/fault.ts';
import type { Tally } from '../faults/tally.ts';
import { Lots } from '../lots.ts';
import { withoutChance } from '../seeded-process.ts';
import { VirtualClock } from '../time/virtual-clock.ts';
import { judge } from '../verdict/judge.ts';
import { recordsIn } from '../verdict/records.ts';
import { isAtRest } from './at-rest.ts';
import { edgeFrom } from './edges.ts';
import { endWhatStandsBy, resumeWhatIsHeld } from './clear-up.ts';
import { Course } from './course.ts';
import { prepare } from './prepare.ts';
import { settingFrom } from './setting.ts';
import { createWorld } from './world.ts';

/** How a life ended. */
export interface Life {
  readonly seed: number;
  /** What was not as it should have been at its end; nothing when all was well. */
  readonly complaints: readonly string[];
  /** What happened, line by line. */
  readonly story: readonly string[];
  readonly tally: Tally;
  /** Virtual milliseconds that it lasted. */
  readonly lastedMs: number;
}

const START_MS = Date.parse('2026-05-04T12:00:00.000Z');
const MINUTE_MS = 60_000;
const LONGEST_MS = 24 * 60 * MINUTE_MS;

const HAPPENINGS: Readonly<Record<Happening, number>> = {
  'scale-out': 3,
  'scale-in': 3,
  'zone rebalanced': 2,
  'instance vanishes': 3,
  'instance declared unhealthy': 2,
  'instance terminated by its group': 3,
  'launches suspended for a while': 1,
  'execution stopped by a person': 1,
  'alarm rings': 2,
  'poison in the queue': 1,
  'hook deleted': 1,
  'hook edited': 1,
  'deployment to the fleet': 6,
  'bad revision to the fleet': 1,
  'bad revision declared': 1,
  'deployment stopped': 2,
  'deployment stopped and rolled back': 2,
};

/**
 * One short life of a fleet: everything in it, down to the last id, follows from the seed.
 * @param without kinds of faults that are left out
 */
export function live(seed: number, without: readonly Fault[] = []): Promise<Life> {
  const lots = new Lots(seed);
  const clock = new VirtualClock(START_MS);
  return withoutChance(lots.apart(), clock, async () => {
    const tally: Tally = new Map();
    const faults = new Faults(weatherFrom(lots), lots.apart(), tally, without);
    const world = createWorld(clock, faults);
    const setting = settingFrom(lots);
    const course = new Course(world, setting);

    await prepare(world, setting);
    const endMs = schedule(course, lots, clock);
    await clock.playUntil(endMs);
    if (faults.areTwo) faults.noted('life with two engines');
    faults.cease();
    world.edges.cease();
    await comeToRest(course);
    if (await resumeWhatIsHeld(course)) await comeToRest(course);
    if (await endWhatStandsBy(course)) await comeToRest(course);

    const complaints = judge({ world, course, setting, records: recordsIn(world.documents) });
    await world.close();
    return { seed, complaints, story: world.log.lines, tally, lastedMs: clock.now() - START_MS };
  });
}

/** Lets things happen at random moments, often on each other's heels. @returns when the last has happened */
function schedule(course: Course, lots: Lots, clock: VirtualClock): number {
  let atMs = lots.between(0, 10) * MINUTE_MS;
  for (let left = lots.between(1, 8); left > 0; left -= 1) {
    const happening = lots.weighted(HAPPENINGS);
    const edge = lots.chance(0.4) ? edgeFrom(lots, happening) : undefined;
    clock.after(atMs, () => {
      if (edge) course.happenAt(edge, happening);
      else void course.happen(happening);
    });
    atMs += lots.chance(0.5) ? lots.between(0, 20_000) : lots.between(1, 20) * MINUTE_MS;
  }
  return START_MS + atMs + lots.between(1, 10) * MINUTE_MS;
}

/** Time goes on until nothing is under way, for five minutes beyond, and no longer than a day. */
async function comeToRest(course: Course): Promise<void> {
  const { clock } = course.world;
  for (let calmMinutes = 0; calmMinutes < 5 && clock.now() < START_MS + LONGEST_MS;) {
    await clock.playUntil(clock.now() + MINUTE_MS);
    calmMinutes = isAtRest(course) ? calmMinutes + 1 : 0;
  }
}
