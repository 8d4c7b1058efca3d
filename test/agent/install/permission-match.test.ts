import { expect, it } from 'vitest';
import { reaches } from '../../../agent/install/permission-match.ts';

it.each([
  ['**', [], '/a/x/y', true],
  ['**', [], '/a', false],
  ['**', [], '/ab/x', false],
  ['*', [], '/a/x', true],
  ['*', [], '/a/x/y', false],
  ['*.sh', [], '/a/run.sh', true],
  ['*.sh', [], '/a/run.shx', false],
  ['a*b*c', [], '/a/a-b-c', true],
  ['a*b*c', [], '/a/a-c-b', false],
  ['ab*ba', [], '/a/aba', false],
  ['x?', [], '/a/xy', false],
  ['run.sh', [], '/a/run.sh', true],
  ['**', ['*.conf'], '/a/app.conf', false],
  ['**', ['*.conf'], '/a/deep/app.conf', true],
  ['*a*a*a*a*a*a*a*b', [], `/a/${'a'.repeat(5000)}`, false],
])('pattern %s except %j, path %s: %s', (pattern, except, path, expected) => {
  expect(reaches('/a', { pattern, except }, path)).toBe(expected);
});

it('reaches everything from the root directory', () => {
  expect(reaches('/', { pattern: '**', except: [] }, '/etc/x')).toBe(true);
});
