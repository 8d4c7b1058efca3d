import { expect, it } from 'vitest';
import { errorEquals, StatesError } from '../../../../rehearsal/states/language/states-error.ts';

it.each([
  ['its own name', ['Lambda.TooManyRequestsException'], 'Lambda.TooManyRequestsException', true],
  ['another name', ['Other'], 'Lambda.TooManyRequestsException', false],
  ['States.ALL', ['States.ALL'], 'AnyError', true],
  ['States.ALL, but not a payload too large', ['States.ALL'], 'States.DataLimitExceeded', false],
  ['States.ALL, but not a runtime error', ['States.ALL'], 'States.Runtime', false],
  ['States.TaskFailed', ['States.TaskFailed'], 'AnyError', true],
  ['States.TaskFailed, but not a timeout', ['States.TaskFailed'], 'States.Timeout', false],
  ['States.TaskFailed, but not a missed heartbeat', ['States.TaskFailed'], 'States.HeartbeatTimeout', false],
  ['States.Timeout, also for a missed heartbeat', ['States.Timeout'], 'States.HeartbeatTimeout', true],
  ['States.HeartbeatTimeout, but not for a timeout', ['States.HeartbeatTimeout'], 'States.Timeout', false],
  ['a failure without a name by States.ALL', ['States.ALL'], undefined, true],
])('ErrorEquals matches %s', (_, names, error, expected) => {
  expect(errorEquals(names, new StatesError(error))).toBe(expected);
});
