import { expect, it } from 'vitest';
import { nearestName } from '../../core/nearest-name.ts';

const COMMANDS = ['validate', 'local', 'deploy', 'status', 'stop', 'list', 'logs'];

it.each([
  ['valdiate', 'validate'],
  ['Validate', 'validate'],
  ['lokal', 'local'],
  ['depoly', 'deploy'],
  ['log', 'logs'],
  ['xyzzy', undefined],
  ['', undefined],
])('takes %j for %s', (written, name) => {
  expect(nearestName(written, COMMANDS)).toBe(name);
});
