import { expect, it } from 'vitest';

import { VirtualClock } from '../../../chaos/time/virtual-clock.ts';

it('does what is due in the order of time, and of two at once the first that was asked for', async () => {
  const clock = new VirtualClock(1000);
  const done: string[] = [];
  for (const [name, ms] of [
    ['late', 300],
    ['early', 100],
    ['as early', 100],
    ['middle', 200],
  ] as const)
    clock.after(ms, () => void done.push(`${name} ${clock.now()}`));

  await clock.playUntil(5000);

  expect(done).toEqual(['early 1100', 'as early 1100', 'middle 1200', 'late 1300']);
  expect(clock.now()).toBe(5000);
});

it('waits for what a moment sets off before it goes on to the next', async () => {
  const clock = new VirtualClock(0);
  const done: string[] = [];
  const work = async () => {
    await clock.sleep(10);
    await Promise.resolve();
    setImmediate(() => void clock.sleep(5).then(() => done.push(`work ${clock.now()}`)));
  };
  void work();
  clock.after(100, () => void done.push('later'));

  await clock.playUntil(200);

  expect(done).toEqual(['work 15', 'later']);
});

it('calls off what is no longer wanted, and breaks a sleep off when it is aborted', async () => {
  const clock = new VirtualClock(0);
  const life = new AbortController();
  const done: string[] = [];
  clock.after(10, () => void done.push('called off'))();
  const sleep = clock.sleep(50, life.signal).catch(() => void done.push(`woken ${clock.now()}`));
  clock.after(20, () => {
    life.abort(new Error('enough'));
  });

  await clock.playUntil(100);
  await sleep;

  expect(done).toEqual(['woken 20']);
});
