import { describe, expect, it } from 'vitest';
import { compositeRule } from '../../../rehearsal/monitoring/composite-rule.ts';

const STATES: Readonly<Record<string, 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'>> = {
  'dead letters': 'ALARM',
  age: 'OK',
  throttles: 'INSUFFICIENT_DATA',
};

describe('the rule of a composite alarm', () => {
  it.each([
    ['ALARM("dead letters")', true],
    ['ALARM(age)', false],
    ['ALARM(age) OR ALARM("dead letters")', true],
    ['ALARM("dead letters") AND NOT OK(age)', false],
    ['(ALARM(age) OR INSUFFICIENT_DATA(throttles)) AND ALARM("dead letters")', true],
    ['ALARM("arn:aws:cloudwatch:us-east-1:123456789012:alarm:dead letters")', true],
    ['TRUE AND NOT FALSE', true],
  ])('%s is %s', (text, expected) => {
    const holds = compositeRule(text);

    expect(holds((name) => STATES[name])).toBe(expected);
  });

  it('that cannot be read is refused', () => {
    expect(() => compositeRule('ALARM(a) XOR ALARM(b)')).toThrow('cannot be read');
  });
});
