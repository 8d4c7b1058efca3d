import { expect, it } from 'vitest';
import type { Change } from '../../../cli/following/changes.ts';
import type { FollowEnd } from '../../../cli/following/follow.ts';
import { follow } from '../../../cli/following/follow.ts';
import type { Observation } from '../../../cli/following/observation.ts';

type Look = string | Error;

/** Follows a deployment whose looks are these, the last one for ever; a status, or an error. No time passes but in pauses. */
async function followed(
  looks: readonly Look[],
  { timeoutMs, interruptedAfter }: { timeoutMs?: number; interruptedAfter?: number } = {},
): Promise<{ end: FollowEnd; changes: readonly Change[]; pauses: readonly number[] }> {
  const interrupt = new AbortController();
  const [changes, pauses]: [Change[], number[]] = [[], []];
  let nowMs = 0;
  let looked = 0;
  const watch = {
    interrupt: interrupt.signal,
    now: () => nowMs,
    look: async (): Promise<Observation> => {
      const look = looks[Math.min(looked++, looks.length - 1)];
      if (look instanceof Error) throw look;
      return {
        deployment: { deploymentId: 'd-ABCDEF123', ...(look && { status: look as 'Created' }) },
        targets: new Map(),
      };
    },
    pause: async (ms: number) => {
      pauses.push(ms);
      nowMs += ms;
      if (pauses.length === interruptedAfter) interrupt.abort();
    },
  };
  const end = await follow(watch, (_observation, news) => changes.push(...news), timeoutMs);
  return { end, changes, pauses };
}

const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } });

it('looks until the deployment has ended, and tells each change once', async () => {
  const { end, changes } = await followed(['Created', 'InProgress', 'InProgress', 'Succeeded']);

  expect(end.kind).toBe('ended');
  expect(changes.map(({ status }) => status)).toEqual(['Created', 'InProgress', 'Succeeded']);
});

it('gives way when it is throttled, longer each time, and goes on', async () => {
  const { end, pauses } = await followed(['InProgress', throttled, throttled, 'InProgress', 'Stopped']);

  expect(end.kind).toBe('ended');
  expect(pauses).toEqual([1000, 2000, 4000, 1000]);
});

it('loses sight of a deployment when nothing answers for two minutes', async () => {
  const { end, pauses } = await followed(['InProgress', refused]);

  expect(end).toEqual({ kind: 'lost', error: refused });
  expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(120_000);
  expect(Math.max(...pauses)).toBe(30_000);
});

it('loses sight at once of what it may not see any more', async () => {
  expect(await followed(['InProgress', denied])).toMatchObject({
    end: { kind: 'lost', error: denied },
    pauses: [1000],
  });
});

it('looks a last time when its time is up', async () => {
  const { end, pauses } = await followed(['InProgress'], { timeoutMs: 2_500 });

  expect({ end, pauses }).toEqual({ end: { kind: 'overdue' }, pauses: [1000, 1000, 500] });
});

it('leaves when it is interrupted', async () => {
  expect((await followed(['InProgress'], { interruptedAfter: 2 })).end).toEqual({ kind: 'interrupted' });
});
