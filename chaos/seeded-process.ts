import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

import type { Clock } from '../rehearsal/clock.ts';
import type { Lots } from './lots.ts';

/**
 * Runs `work` in a process in which nothing is left to chance: ids, tokens and jitter come from the lots, and pauses pass
 * by the clock. They are deep inside of what is tried, as in AWS itself, where no port could be handed in.
 */
export async function withoutChance<Result>(lots: Lots, clock: Clock, work: () => Promise<Result>): Promise<Result> {
  const { randomUUID, randomBytes } = crypto;
  const { random } = Math;
  const { setTimeout: pause } = timers;
  const byte = (): number => lots.between(0, 255);
  const bytes = (size: number): Buffer => Buffer.from(Array.from({ length: size }, byte));
  const uuid = (): ReturnType<typeof randomUUID> => {
    const hex = bytes(16).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  Object.assign(crypto, { randomUUID: uuid, randomBytes: bytes });
  Object.assign(timers, { setTimeout: (ms: number) => clock.sleep(ms) });
  Math.random = () => lots.draw();
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    Object.assign(crypto, { randomUUID, randomBytes });
    Object.assign(timers, { setTimeout: pause });
    Math.random = random;
    syncBuiltinESMExports();
  }
}
