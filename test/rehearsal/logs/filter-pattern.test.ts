import { describe, expect, it } from 'vitest';
import { logFilter } from '../../../rehearsal/logs/filter-pattern.ts';

describe('a filter pattern', () => {
  it.each([
    ['', 'anything', true],
    ['ERROR', '2026 ERROR broken', true],
    ['ERROR', 'error', false],
    ['ERROR broken', 'broken by ERROR', true],
    ['"timed out"', 'Task timed out after', true],
    ['"timed out"', 'out timed', false],
    ['ERROR -harmless', 'ERROR harmless', false],
    ['?ERROR ?WARN', 'WARN late', true],
    ['?ERROR ?WARN', 'INFO', false],
  ])('of terms: %s on %s is %s', (pattern, message, matches) => {
    const filter = logFilter(pattern);

    expect(filter(message)).toBe(matches);
  });

  const message = JSON.stringify({ level: 'ERROR', detail: { code: 404, tags: ['a', 'b'], gone: null }, id: 'd-1' });
  it.each([
    ['{ $.level = "ERROR" }', true],
    ['{ $.level = ERROR }', true],
    ['{ $.level != "ERROR" }', false],
    ['{ $.id = "d-*" }', true],
    ['{ $.detail.code = 404 }', true],
    ['{ $.detail.code >= 400 && $.detail.code < 500 }', true],
    ['{ ($.detail.code = 500) || ($.detail.tags[1] = "b") }', true],
    ['{ $.detail.gone IS NULL }', true],
    ['{ $.nothing NOT EXISTS }', true],
    ['{ $.nothing = "x" }', false],
  ])('of JSON: %s is %s', (pattern, matches) => {
    const filter = logFilter(pattern);

    expect(filter(message)).toBe(matches);
    expect(filter('no JSON')).toBe(false);
  });

  it('that cannot be read is refused', () => {
    expect(() => logFilter('{ level ~ 5 }')).toThrow('Invalid filter pattern');
  });
});
