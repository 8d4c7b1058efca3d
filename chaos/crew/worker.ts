import { parentPort } from 'node:worker_threads';

import { type Life, live } from '../life/life.ts';

/** Lives the life of each seed that it is given, one after the other. */
parentPort?.on('message', (seed: number) => void liveOrBreak(seed).then((life) => parentPort?.postMessage(life)));

async function liveOrBreak(seed: number): Promise<Life> {
  try {
    return await live(seed);
  } catch (error) {
    const complaint = `the life broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    return { seed, complaints: [complaint], story: [], tally: new Map(), lastedMs: 0 };
  }
}
