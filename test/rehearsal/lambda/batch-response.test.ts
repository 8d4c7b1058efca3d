import { describe, expect, it } from 'vitest';
import { succeededMessages } from '../../../rehearsal/lambda/batch-response.ts';

const answer = (value: unknown) => ({ payload: JSON.stringify(value) });
const failures = (...ids: unknown[]) =>
  answer({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

describe('the answer to a batch of messages a and b', () => {
  it.each([
    ['null', answer(null), ['a', 'b']],
    ['an object without failures', answer({}), ['a', 'b']],
    ['an empty list of failures', failures(), ['a', 'b']],
    ['no list of failures', answer({ batchItemFailures: null }), ['a', 'b']],
    ['one failed message', failures('a'), ['b']],
    ['both messages failed', failures('a', 'b'), []],
    ['an unknown identifier', failures('a', 'z'), []],
    ['an empty identifier', failures(''), []],
    ['a null identifier', failures(null), []],
    ['failures that are no list', answer({ batchItemFailures: 'a' }), []],
    ['plain text', answer('done'), []],
    ['an error of the function', { payload: '{}', functionError: 'Unhandled' as const }, []],
  ])('%s: these messages are dealt with', (_, result, expected) => {
    const succeeded = succeededMessages(['a', 'b'], result, true);

    expect(succeeded).toEqual(expected);
  });

  it('does not matter to a mapping that asks for no report', () => {
    const succeeded = succeededMessages(['a', 'b'], failures('a'), false);

    expect(succeeded).toEqual(['a', 'b']);
  });
});
