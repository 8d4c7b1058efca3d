import { expect, it } from 'vitest';

import { LifecycleQueue } from '../../../chaos/cloud/lifecycle-queue.ts';
import { Faults } from '../../../chaos/faults/faults.ts';
import { Lots } from '../../../chaos/lots.ts';
import { VirtualClock } from '../../../chaos/time/virtual-clock.ts';

const CALM = { call: 0, invocation: 0, message: 0, agent: 0, isDoubled: false };
const ONLY_MESSAGES = { ...CALM, message: 1 };

it('brings a message back until somebody takes it, and buries it after ten vain attempts', async () => {
  const clock = new VirtualClock(0);
  const received: string[] = [];
  const queue = new LifecycleQueue(clock, new Faults(CALM, new Lots(1), new Map()), (body) => {
    received.push(body);
    return body === 'poison' || received.length < 3 ? Promise.reject(new Error('not now')) : Promise.resolve();
  });

  queue.send('good');
  queue.send('poison');
  await clock.playUntil(3_600_000);

  expect(received.filter((body) => body === 'good').length).toBeLessThanOrEqual(3);
  expect(received.filter((body) => body === 'poison')).toHaveLength(10);
  expect(queue.deadLetters).toEqual(['poison']);
  expect(queue.pending).toBe(0);
});

it('delivers late, twice and not at all when it is told to, and says which it lost', async () => {
  const clock = new VirtualClock(0);
  const received: string[] = [];
  const queue = new LifecycleQueue(clock, new Faults(ONLY_MESSAGES, new Lots(2), new Map()), (body) => {
    received.push(body);
    return Promise.resolve();
  });
  const sent = Array.from({ length: 60 }, (_, number) => `message ${number}`);

  for (const body of sent) queue.send(body);
  await clock.playUntil(3_600_000);

  expect(received.length).toBeGreaterThan(new Set(received).size);
  expect([...new Set(received), ...queue.lost].toSorted()).toEqual(sent.toSorted());
  expect(received).not.toEqual(received.toSorted());
});
