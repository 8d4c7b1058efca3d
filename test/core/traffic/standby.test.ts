import { describe, expect, it } from 'vitest';

import { given, giveBack, sizesDue } from '../../../core/traffic/give-back.ts';
import { isAbandoned, isMoving, NOTHING_OWED, type StandbyNote } from '../../../core/traffic/standby.ts';
import { takeOut } from '../../../core/traffic/take-out.ts';

const NOW = Date.parse('2026-05-04T12:00:00.000Z');
const GROUP = { deploymentGroup: 'web/web-fleet', asked: 'EnterStandby', askedAtMs: NOW } as const;
const OTHER = { ...GROUP, deploymentGroup: 'web/other' };
const host = (instanceId: string) => ({ instanceId, deploymentGroup: 'web/web-fleet' });
const sizes = (minSize: number, desiredCapacity: number, maxSize = 6) => ({ minSize, desiredCapacity, maxSize });
const note = (changes: Partial<StandbyNote> = {}): StandbyNote => ({ ...NOTHING_OWED, ...changes });
const states = (...pairs: [string, string][]) => new Map(pairs);

describe('a host on its way into Standby', () => {
  it('leaves the minimum alone where there is room', () => {
    expect(takeOut(note(), sizes(2, 3), host('i-1'), NOW)).toEqual({ note: note({ hosts: { 'i-1': GROUP } }) });
  });

  it('has the minimum lowered where the group is at it, and what it was is noted', () => {
    expect(takeOut(note(), sizes(3, 3), host('i-1'), NOW)).toEqual({
      note: note({ hosts: { 'i-1': GROUP }, minSize: 3, loweredTo: [2] }),
      minSize: 2,
    });
  });

  it('has it lowered for all that are on their way', () => {
    const before = note({ hosts: { 'i-1': GROUP, 'i-2': GROUP }, minSize: 6, loweredTo: [5] });

    expect(takeOut(before, sizes(5, 5), host('i-3'), NOW)).toMatchObject({
      note: { minSize: 6, loweredTo: [5, 3] },
      minSize: 3,
    });
  });

  it('has it lowered by all that its deployment may have out at once, whoever of them asks first or last', () => {
    const ofThree = { ...host('i-1'), mostAtOnce: 3 };
    const first = takeOut(note({ hosts: { 'i-0': OTHER } }), sizes(6, 6), ofThree, NOW);
    const second = takeOut(first.note, sizes(6, 6), { ...ofThree, instanceId: 'i-2' }, NOW);

    expect([first.minSize, second.minSize]).toEqual([2, 2]);
    expect(second.note).toMatchObject({ minSize: 6, loweredTo: [2] });
  });

  it('keeps count of what another is about to lower', () => {
    const before = note({ hosts: { 'i-1': GROUP }, minSize: 3, loweredTo: [2] });

    expect(takeOut(before, sizes(3, 3), host('i-2'), NOW).note).toMatchObject({ minSize: 3, loweredTo: [2, 1] });
  });

  it('takes a minimum that an operator has set meanwhile for the group’s own', () => {
    const before = note({ hosts: { 'i-1': GROUP }, minSize: 3, loweredTo: [2] });

    expect(takeOut(before, sizes(5, 5), host('i-2'), NOW).note).toMatchObject({ minSize: 5, loweredTo: [3] });
  });

  it('never asks for less than nothing', () => {
    expect(takeOut(note(), sizes(0, 0), host('i-1'), NOW).minSize).toBe(0);
  });
});

describe('what an Auto Scaling group gets back', () => {
  const lowered = note({ hosts: { 'i-1': GROUP }, minSize: 3, loweredTo: [2] });
  const back = (before: StandbyNote, now: ReturnType<typeof sizes> | undefined, state?: string) =>
    giveBack(before, {
      instanceIds: ['i-1'],
      states: states(...(state ? [['i-1', state] as [string, string]] : [])),
      sizes: now,
      nowMs: NOW,
    });

  it('is its minimum, once the last host is back', () => {
    const after = back(lowered, sizes(2, 3), 'InService');

    expect(after.change).toEqual({ begunAtMs: NOW, restoresMinimum: true });
    expect(sizesDue(after, sizes(2, 3))).toEqual({ minSize: 3 });
    expect(given(after)).toEqual(NOTHING_OWED);
  });

  it.each(['Standby', 'EnteringStandby', 'Terminating:Wait', undefined])(
    'is a place for another where the host stays away: %s',
    (state) => {
      const after = back(lowered, sizes(2, 2), state);

      expect(sizesDue(after, sizes(2, 2))).toEqual({ minSize: 3, desiredCapacity: 3 });
    },
  );

  it('is nothing where the host never left and nothing was lowered', () => {
    expect(back(note({ hosts: { 'i-1': GROUP } }), sizes(1, 3), 'InService')).toEqual(NOTHING_OWED);
  });

  it('is no minimum while another host stands by', () => {
    const two = note({ ...lowered, hosts: { 'i-1': GROUP, 'i-2': OTHER }, loweredTo: [2, 1] });

    const after = back(two, sizes(1, 2), 'InService');

    expect(after).toEqual({ ...two, hosts: { 'i-2': OTHER } });
  });

  it('is no minimum that an operator has changed meanwhile', () => {
    expect(back(lowered, sizes(1, 3), 'InService')).toEqual(NOTHING_OWED);
  });

  it('is no more than the maximum that an operator has lowered meanwhile', () => {
    expect(back(lowered, sizes(1, 2, 2), 'Standby')).toEqual(NOTHING_OWED);
  });

  it('is not given a second time by whoever repeats it', () => {
    const after = back(lowered, sizes(2, 2), 'Standby');

    expect(sizesDue(after, sizes(3, 3))).toBeUndefined();
  });

  it('is nothing where there is no such group any more', () => {
    expect(back(lowered, undefined)).toEqual(NOTHING_OWED);
  });

  it('is not set while a host is about to change the desired capacity itself', () => {
    const exiting = { ...GROUP, asked: 'ExitStandby' } as const;

    expect(['InService', 'EnteringStandby', 'Standby', undefined].map((state) => isMoving(GROUP, state, NOW))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(['Standby', 'Pending', 'InService'].map((state) => isMoving(exiting, state, NOW))).toEqual([
      true,
      false,
      false,
    ]);
    expect(isMoving(GROUP, 'InService', NOW + 60_001)).toBe(false);
  });

  it('is left to another only when whoever began must be dead', () => {
    const change = { begunAtMs: NOW, restoresMinimum: true };

    expect([isAbandoned(change, NOW + 60_000), isAbandoned(change, NOW + 60_001)]).toEqual([false, true]);
  });
});
