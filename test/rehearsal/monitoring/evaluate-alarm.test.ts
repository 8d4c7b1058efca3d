import { describe, expect, it } from 'vitest';
import { type AlarmRule, evaluateAlarm } from '../../../rehearsal/monitoring/evaluate-alarm.ts';

const rule = (overrides: Partial<AlarmRule> = {}): AlarmRule => ({
  threshold: 1,
  comparisonOperator: 'GreaterThanOrEqualToThreshold',
  datapointsToAlarm: 3,
  treatMissingData: 'missing',
  ...overrides,
});
const [O, X, none] = [0, 1, undefined];

/** The table of CloudWatch's guide for an alarm of three out of three datapoints. */
describe('an alarm of 3 out of 3 datapoints', () => {
  it.each([
    { data: [O, X, O], missing: 'OK', ignore: 'OK', breaching: 'OK', notBreaching: 'OK' },
    { data: [X, X, X], missing: 'ALARM', ignore: 'ALARM', breaching: 'ALARM', notBreaching: 'ALARM' },
    { data: [none, none, O], missing: 'OK', ignore: 'OK', breaching: 'OK', notBreaching: 'OK' },
    {
      data: [none, none, none],
      missing: 'INSUFFICIENT_DATA',
      ignore: 'ALARM',
      breaching: 'ALARM',
      notBreaching: 'OK',
    },
    { data: [none, X, none], missing: 'ALARM', ignore: 'ALARM', breaching: 'ALARM', notBreaching: 'OK' },
  ] as const)('judges $data by how it treats missing data', ({ data, ...expected }) => {
    for (const treatMissingData of ['missing', 'breaching', 'notBreaching'] as const) {
      const state = evaluateAlarm(data, rule({ treatMissingData }), 'ALARM');

      expect(state).toBe(expected[treatMissingData]);
    }
  });

  it('keeps its state when it ignores missing data', () => {
    const state = evaluateAlarm([none, X, none], rule({ treatMissingData: 'ignore' }), 'OK');

    expect(state).toBe('OK');
  });
});

describe('an alarm', () => {
  it('of 1 out of 3 datapoints goes off at the first', () => {
    const state = evaluateAlarm([O, X, O], rule({ datapointsToAlarm: 1 }), 'OK');

    expect(state).toBe('ALARM');
  });

  it.each([
    ['GreaterThanThreshold', 2, 1],
    ['GreaterThanOrEqualToThreshold', 1, 0],
    ['LessThanThreshold', 0, 1],
    ['LessThanOrEqualToThreshold', 1, 2],
  ])('compares by %s', (comparisonOperator, breaching, fine) => {
    const one = rule({ comparisonOperator, datapointsToAlarm: 1 });

    expect([evaluateAlarm([breaching], one, 'OK'), evaluateAlarm([fine], one, 'OK')]).toEqual(['ALARM', 'OK']);
  });
});
