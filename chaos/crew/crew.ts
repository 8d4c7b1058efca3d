import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import { count, type Tally } from '../faults/tally.ts';
import type { Life } from '../life/life.ts';
import { inShort, summed, told } from '../report.ts';

/**
 * Lives many lives, on all cores: chance is a process's own, and each thread has its own.
 * @returns the exit code: 0 when every life ended as it should
 */
export async function liveMany({ from, lives }: { readonly from: number; readonly lives: number }): Promise<number> {
  const startedMs = performance.now();
  const tally: Tally = new Map();
  let failed = 0;
  await onEveryCore(from, lives, (life) => {
    for (const [fault, times] of life.tally) count(tally, fault, times);
    if (life.complaints.length === 0) return;
    failed += 1;
    console.log(`${told(life)}\n${inShort(life.story)}\n    npm run chaos -- --seed ${life.seed}`);
  });
  console.log(summed(lives, failed, (performance.now() - startedMs) / 1000, tally));
  return failed === 0 ? 0 : 1;
}

/** Hands out seeds one by one, as a thread has its hands free. */
async function onEveryCore(from: number, lives: number, ended: (life: Life) => void): Promise<void> {
  let next = from;
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('worker.ts', import.meta.url));
      let seed = next;
      const handOut = (): void => {
        if (next >= from + lives) {
          void worker.terminate().then(() => {
            resolve();
          });
          return;
        }
        seed = next;
        next += 1;
        worker.postMessage(seed);
      };
      worker.on('message', (life: Life) => {
        ended(life);
        handOut();
      });
      worker.on('error', (error) => {
        reject(new Error(`The life of seed ${seed} brought its thread down`, { cause: error }));
      });
      handOut();
    });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), lives) }, work));
}
