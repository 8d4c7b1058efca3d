/** Whether an event matches a rule's pattern. */
export type EventMatcher = (event: unknown) => boolean;

/** A test of one leaf: the values found there, of which an array has any number and an absent member none. */
type LeafTest = (values: readonly unknown[]) => boolean;

/**
 * Compiles an EventBridge event pattern:
 *
 *     { "source": ["aws.states"], "detail": { "status": ["FAILED", { "prefix": "TIMED" }], "error": [{ "exists": true }] } }
 *
 * Members are joined by "and", alternatives in a list by "or"; `$or` joins patterns. Of the comparisons it knows
 * prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, exists.
 * @throws Error naming what it does not know: a rule that silently never fires would lie
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function eventMatcher(pattern: unknown): EventMatcher {
  if (!isObject(pattern)) throw invalid('a pattern is an object');
  const tests = Object.entries(pattern).map(([name, expected]) => {
    if (name === '$or') return anyOf(expected);
    if (Array.isArray(expected)) return leafMatcher(name, expected.map(leafTest));
    const inner = eventMatcher(expected);
    return (event: unknown) => membersOf(event).some((part) => inner(part[name]));
  });
  return (event) => tests.every((test) => test(event));
}

function anyOf(patterns: unknown): EventMatcher {
  if (!Array.isArray(patterns)) throw invalid('$or takes a list of patterns');
  const alternatives = patterns.map(eventMatcher);
  return (event) => alternatives.some((matches) => matches(event));
}

function leafMatcher(name: string, tests: readonly LeafTest[]): EventMatcher {
  return (event) => {
    const values = membersOf(event).flatMap((part) => (name in part ? [part[name]].flat() : []));
    return tests.some((test) => test(values));
  };
}

function leafTest(expected: unknown): LeafTest {
  if (!isObject(expected)) return (values) => values.includes(expected);
  const [[operator, operand] = ['', undefined]] = Object.entries(expected);
  if (operator === 'exists') return (values) => values.length > 0 === operand;
  if (operator === 'anything-but') return anythingBut(operand);
  const test = valueTest(operator, operand);
  return (values) => values.some(test);
}

function anythingBut(operand: unknown): LeafTest {
  const refused = [operand].flat().map(leafTest);
  return (values) => values.length > 0 && values.some((value) => !refused.some((test) => test([value])));
}

function valueTest(operator: string, operand: unknown): (value: unknown) => boolean {
  if (operator === 'numeric') return numericTest(operand);
  const text = isObject(operand) ? operand['equals-ignore-case'] : operand;
  if (typeof text !== 'string') throw invalid(`${operator} takes text`);
  const fold = isObject(operand) ? (value: string) => value.toLowerCase() : (value: string) => value;
  const compare = TEXT_TESTS[operator];
  if (!compare) throw invalid(`the rehearsal does not know the comparison ${operator}`);
  return (value) => typeof value === 'string' && compare(fold(value), fold(text));
}

const TEXT_TESTS: Readonly<Record<string, (value: string, operand: string) => boolean>> = {
  prefix: (value, operand) => value.startsWith(operand),
  suffix: (value, operand) => value.endsWith(operand),
  'equals-ignore-case': (value, operand) => value.toLowerCase() === operand.toLowerCase(),
  wildcard: (value, operand) => new RegExp(`^${operand.split('*').map(escapeRegExp).join('.*')}$`, 's').test(value),
};

/** `[">", 0, "<=", 5]` */
function numericTest(operand: unknown): (value: unknown) => boolean {
  if (!Array.isArray(operand)) throw invalid('numeric takes a list of comparisons and numbers');
  const pairs = operand.flatMap((operator: unknown, index) =>
    index % 2 === 0 ? [[String(operator), Number(operand[index + 1])] as const] : [],
  );
  return (value) =>
    typeof value === 'number' && pairs.every(([operator, limit]) => compareNumbers(value, operator, limit));
}

function compareNumbers(value: number, operator: string, limit: number): boolean {
  switch (operator) {
    case '=':
      return value === limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    default:
      throw invalid(`numeric does not know ${operator}`);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An array of objects matches when any of them does. */
const membersOf = (value: unknown): Record<string, unknown>[] => [value].flat().filter(isObject);

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const invalid = (reason: string): Error => new Error(`Event pattern is not valid. Reason: ${reason}`);
