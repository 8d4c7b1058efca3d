import type { Fault } from '../faults/fault.ts';
import { live } from '../life/life.ts';

/**
 * Leaves one kind of fault after the other out of a life that ends badly, for as long as it does: what is left over is
 * what it takes. Another order of leaving out may leave others over.
 * @returns the kinds that are left, and the life with these alone; undefined for a life that ends well
 */
export async function shrink(seed: number) {
  const whole = await live(seed);
  if (whole.complaints.length === 0) return undefined;
  const without: Fault[] = [];
  let least = whole;
  // The most frequent first: without them a story is told soonest.
  const kinds = [...whole.tally].toSorted(([, one], [, other]) => other - one).map(([kind]) => kind);
  for (const kind of kinds) {
    const attempt = await live(seed, [...without, kind]);
    if (attempt.complaints.length === 0) continue;
    without.push(kind);
    least = attempt;
  }
  return { kinds: [...least.tally.keys()], life: least };
}
