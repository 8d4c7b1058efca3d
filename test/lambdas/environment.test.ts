import { expect, it } from 'vitest';

import { readEnvironment } from '../../lambdas/environment.ts';

it('gives a function the variables that it names', () => {
  expect(readEnvironment({ SLIPWAY_TABLE: 'slipway', HOME: '/' }, ['SLIPWAY_TABLE'])).toEqual({
    SLIPWAY_TABLE: 'slipway',
  });
});

it('names every variable that is missing or empty', () => {
  const read = () => readEnvironment({ SLIPWAY_TABLE: '' }, ['SLIPWAY_TABLE', 'SLIPWAY_STATE_MACHINE_ARN']);

  expect(read).toThrow('Set the environment variables SLIPWAY_TABLE, SLIPWAY_STATE_MACHINE_ARN');
});
