import { expect, it } from 'vitest';
import { revisionsToRemove } from '../../../agent/bundle/retention.ts';

/** Revisions in the order of their age, the oldest first. */
const kept = (...paths: string[]) => paths.map((path, index) => ({ path, modifiedAtMs: index }));

it.each([
  ['nothing while there is room for one more', kept('a', 'b'), 3, 'a', []],
  ['the oldest first', kept('a', 'b', 'c'), 3, 'c', ['a']],
  ['never the installed one, which counts all the same', kept('a', 'b', 'c'), 3, 'a', ['b']],
  ['all others where only one may be kept', kept('a', 'b', 'c'), 1, 'b', ['a', 'c']],
  ['without an installed one, as many as are too many', kept('a', 'b'), 1, undefined, ['a', 'b']],
])('removes %s', (_rule, revisions, maxRevisions, installed, removed) => {
  expect(revisionsToRemove(revisions, { maxRevisions, installed })).toEqual(removed);
});
