import { expect, it } from 'vitest';

import { callOfTask } from '../../../chaos/cloud/task-faults.ts';
import { Faults } from '../../../chaos/faults/faults.ts';
import { Lots } from '../../../chaos/lots.ts';
import { VirtualClock } from '../../../chaos/time/virtual-clock.ts';

const NAMES = { throttled: 'Throttled', broken: 'Broken', unanswered: 'Unanswered' };

/** A hundred calls, each of which something befalls: what befell it, and how often it took effect. */
async function calls(): Promise<readonly (readonly [fault: string, effects: number])[]> {
  const clock = new VirtualClock(0);
  const seen: [string, number][] = [];
  for (let seed = 1; seed <= 100; seed += 1) {
    const weather = { call: 1, invocation: 0, message: 0, agent: 0, isDoubled: false };
    const faults = new Faults(weather, new Lots(seed), new Map());
    let effects = 0;
    const call = callOfTask(NAMES, () => (effects += 1), { clock, faults }).catch(() => undefined);
    await clock.playUntil(clock.now() + 1000);
    await call;
    seen.push([[...faults.tally.keys()][0] ?? '', effects]);
  }
  return seen;
}

it('takes effect once or twice where only the answer suffers, and never where it is refused', async () => {
  const effects = new Map(await calls());

  expect(Object.fromEntries(effects)).toEqual({
    'task throttled': 0,
    'task failed with a 500': 0,
    'answer to a task lost': 1,
    'task sent twice': 2,
  });
});
