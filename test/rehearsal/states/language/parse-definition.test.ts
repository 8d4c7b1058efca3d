import { expect, it } from 'vitest';
import { InvalidDefinition } from '../../../../rehearsal/states/language/diagnostics.ts';
import { parseDefinition } from '../../../../rehearsal/states/language/parse-definition.ts';

const problemsOf = (definition: object): string[] => {
  try {
    parseDefinition(JSON.stringify({ QueryLanguage: 'JSONata', ...definition }));
    return [];
  } catch (fault) {
    if (!(fault instanceof InvalidDefinition)) throw fault;
    return fault.diagnostics.map(({ message, location }) => `${message} at ${location}`);
  }
};

const only = (state: object): object => ({ StartAt: 'Only', States: { Only: state } });

it('accepts a definition and compiles it', () => {
  const definition = parseDefinition(
    JSON.stringify({ QueryLanguage: 'JSONata', TimeoutSeconds: 60, ...only({ Type: 'Succeed' }) }),
  );

  expect(definition).toMatchObject({ startAt: 'Only', timeoutSeconds: 60 });
  expect(definition.states.get('Only')).toEqual({ type: 'Succeed', name: 'Only' });
});

it('says what is required, as AWS does', () => {
  const create = (): unknown => parseDefinition(JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'A' }));

  expect(create).toThrow(
    "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'",
  );
});

it('refuses JSONPath by the name of the state', () => {
  const definition = { QueryLanguage: 'JSONPath', ...only({ Type: 'Pass', ResultPath: '$.x', End: true }) };

  expect(problemsOf(definition)[0]).toMatch(/^State 'Only' uses JSONPath/);
});

it.each([
  ['a state that goes nowhere', { Type: 'Pass' }, 'State must contain exactly one of [Next, End] at /States/Only'],
  [
    'a misspelt field',
    { Type: 'Pass', Outptu: 1, End: true },
    "Field 'Outptu' is not supported at /States/Only/Outptu",
  ],
  [
    'a broken expression',
    { Type: 'Pass', Output: '{% ( %}', End: true },
    /^Invalid JSONata expression: S0203.* at \/States\/Only\/Output$/,
  ],
  [
    'a Wait with two ends',
    { Type: 'Wait', Seconds: 1, Timestamp: 'x', End: true },
    /exactly one of \[Seconds, Timestamp\]/,
  ],
  ['a target that does not exist', { Type: 'Pass', Next: 'Nowhere' }, /Missing 'Next' target: Nowhere/],
  ['a type that does not exist', { Type: 'Loop', End: true }, /should have one of these values/],
  [
    'a wildcard in company',
    { Type: 'Task', Resource: 'x', End: true, Retry: [{ ErrorEquals: ['States.ALL', 'X'] }] },
    /must appear alone/,
  ],
  ['no name for a variable', { Type: 'Pass', Assign: { 'a.b': 1 }, End: true }, /'a.b' is no name for a variable/],
  [
    'an empty Parallel',
    { Type: 'Parallel', Branches: [], End: true },
    'Value cannot be empty at /States/Only/Branches',
  ],
])('refuses %s', (_, state, problem) => {
  expect(problemsOf(only(state))[0]).toMatch(problem);
});

it('refuses a branch that assigns a variable of the workflow around it', () => {
  const branch = { StartAt: 'In', States: { In: { Type: 'Pass', Assign: { x: 2 }, End: true } } };
  const States = {
    Set: { Type: 'Pass', Assign: { x: 1 }, Next: 'Both' },
    Both: { Type: 'Parallel', Branches: [branch], End: true },
  };

  expect(problemsOf({ StartAt: 'Set', States })[0]).toMatch(/Variable 'x' is assigned in an outer scope/);
});

it('finds states that cannot be reached', () => {
  const States = { A: { Type: 'Succeed' }, B: { Type: 'Succeed' } };

  expect(problemsOf({ StartAt: 'A', States })[0]).toMatch(/State "B" is not reachable/);
});
