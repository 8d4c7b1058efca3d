import { describe, expect, it } from 'vitest';

import type { Progress } from '../../../core/traffic/judge.ts';
import { NOTHING_OWED } from '../../../core/traffic/standby.ts';
import { giveCapacityBack, StandbyIsBusy } from '../../../lambdas/standby/give-capacity-back.ts';
import { enterStandby } from '../../../lambdas/traffic/enter-standby.ts';
import { exitStandby } from '../../../lambdas/traffic/exit-standby.ts';
import { anInPlaceRequest, aTarget } from '../doubles/builders.ts';
import { Crash } from '../doubles/crash.ts';
import { MemoryStandbyGroups, MemoryStandbyNotes } from '../doubles/memory-standby.ts';
import { MemoryTargetGroups } from '../doubles/memory-target-groups.ts';
import { recordedEngine } from '../doubles/recorded-engine.ts';
import { Interleaved, lotsOf } from './interleaved.ts';

const RUNS = 300;

describe('hosts of one Auto Scaling group that stand by side by side', () => {
  it.each([
    { name: 'while every function lives', crashes: 0 },
    { name: 'while functions die after their calls', crashes: 0.05 },
  ])('leave it in the end with the sizes that it had, $name', async ({ crashes }) => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const { group, notes, sizes, returned } = await played(seed, crashes);

      expect({ seed, ...group.sizes }).toEqual({ seed, ...sizes });
      expect(await notes.of('web-blue'), `seed ${seed}`).toMatchObject(NOTHING_OWED);
      expect(returned.map((id) => group.states.get(id))).toEqual(returned.map(() => 'InService'));
    }
  });
});

/** A fleet whose hosts all stand by at once; some come back, others fail and stay. */
async function played(seed: number, crashes: number) {
  const draw = lotsOf(seed);
  const ids = Array.from({ length: 2 + Math.floor(draw() * 4) }, (_, index) => `i-${index}`);
  const sizes = { minSize: Math.floor(draw() * (ids.length + 1)), desiredCapacity: ids.length, maxSize: ids.length };
  const group = new MemoryStandbyGroups(ids, sizes);
  const notes = new MemoryStandbyNotes();
  const world = new Interleaved(draw, crashes);
  const ports = {
    ...recordedEngine(),
    standbyGroups: world.port(group),
    standbyNotes: world.port(notes),
    targetGroups: new MemoryTargetGroups(),
    clock: () => world.nowMs,
  };
  const until = async (step: () => Promise<Progress>): Promise<void> => {
    while ((await step().catch(unlessPassing)).kind !== 'done') {
      await world.pause();
      group.answer();
    }
  };
  const deployedTo = async (instanceId: string, succeeds: boolean): Promise<void> => {
    const target = aTarget({ request: anInPlaceRequest({ instanceId }) });
    await until(() => enterStandby('web-blue', target, ports));
    if (succeeds) return until(() => exitStandby('web-blue', target, ports));
    return until(() => giveCapacityBack('web-blue', [instanceId], ports).then(() => ({ kind: 'done' })));
  };
  const returned = ids.filter(() => draw() < 0.7);
  await world.run(ids.map((id) => deployedTo(id, returned.includes(id))));
  return { group, notes, sizes, returned };
}

function unlessPassing(error: unknown): Progress {
  if (error instanceof Crash || error instanceof StandbyIsBusy) return { kind: 'underWay', waitsFor: error.message };
  throw error;
}
