import { afterEach, expect, it, vi } from 'vitest';
import { giveBackMemory } from '../../../agent/loop/give-back-memory.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('garbage is collected where Node lets a program ask for it', () => {
  const gc = vi.fn();
  vi.stubGlobal('gc', gc);

  giveBackMemory();

  expect(gc).toHaveBeenCalledOnce();
});

it('nothing happens where it does not', () => {
  vi.stubGlobal('gc', undefined);

  expect(() => {
    giveBackMemory();
  }).not.toThrow();
});
