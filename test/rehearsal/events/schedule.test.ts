import { describe, expect, it } from 'vitest';
import { schedule } from '../../../rehearsal/events/schedule.ts';

describe('a schedule', () => {
  it.each([
    ['rate(5 minutes)', '2026-07-31T12:05:30.000Z'],
    ['rate(1 hour)', '2026-07-31T13:00:30.000Z'],
    ['cron(0/15 * * * ? *)', '2026-07-31T12:15:00.000Z'],
    ['cron(0 8 * * ? *)', '2026-08-01T08:00:00.000Z'],
    ['cron(30 9 ? * MON-FRI *)', '2026-08-03T09:30:00.000Z'],
    ['cron(0 0 1 JAN ? *)', '2027-01-01T00:00:00.000Z'],
  ])('%s is due next at %s', (expression, expected) => {
    const due = schedule(expression)(Date.parse('2026-07-31T12:00:30Z')); // a Friday

    expect(new Date(due).toISOString()).toBe(expected);
  });

  it('of another kind is refused', () => {
    expect(() => schedule('at(2026-07-31T12:00:00)')).toThrow('rate(…) and cron(…)');
  });
});
