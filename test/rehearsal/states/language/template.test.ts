import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../rehearsal/states/language/json.ts';
import { compileTemplate, evaluateTemplate } from '../../../../rehearsal/states/language/template.ts';

const evaluate = (value: Json, bindings: Record<string, unknown> = {}): Promise<Json> =>
  evaluateTemplate(compileTemplate(value), bindings, 'Output');

describe('a value of the definition', () => {
  it('stays what it is where no expression stands', async () => {
    const value = { text: '{% no end', list: [1, null, 'x'], nested: { flag: true } };

    expect(await evaluate(value)).toEqual(value);
  });

  it('has its expressions replaced, however deep they stand', async () => {
    const value = { name: '{% $states.input.name %}', list: ['{% $count($items) %}', 2] };

    const result = await evaluate(value, { states: { input: { name: 'web' } }, items: [1, 2, 3] });

    expect(result).toEqual({ name: 'web', list: [3, 2] });
  });

  it('names the field and the expression that gave nothing', async () => {
    await expect(evaluate({ result: '{% $doesNotExist %}' })).rejects.toMatchObject({
      location: 'Output/result',
      source: '$doesNotExist',
      message: 'returned nothing (undefined).',
    });
  });

  it.each([
    ['$fn := function($x){$x}', 'returned an unsupported result type.'],
    ["'a' + 1", 'threw an error during evaluation. T2001: The left side of the "+" operator must evaluate to a number'],
    ["$eval('1')", 'threw an error during evaluation. T1006: Attempted to invoke a non-function'],
  ])('refuses %s', async (expression, message) => {
    await expect(evaluate(`{% ${expression} %}`)).rejects.toMatchObject({ message });
  });
});

describe('the functions that Step Functions adds to JSONata', () => {
  it.each([
    ['$partition([1, 2, 3, 4, 5], 2)', [[1, 2], [3, 4], [5]]],
    ['$range(0, 10, 5)', [0, 5, 10]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ["$hash('Hello', 'MD5')", '8b1a9953c4611296a827abf8c47804d7'],
    ['$parse(\'{"a": [1]}\')', { a: [1] }],
    ['$random(7) = $random(7)', true],
    ['$random() < 1', true],
  ] as [string, Json][])('%s', async (expression, expected) => {
    expect(await evaluate(`{% ${expression} %}`)).toEqual(expected);
  });

  it('makes a version 4 UUID', async () => {
    expect(await evaluate('{% $uuid() %}')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});
