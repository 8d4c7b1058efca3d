import { AwsError } from '../endpoint/service.ts';

/** Whether a log event matches a filter pattern. */
type LogFilter = (message: string) => boolean;

/**
 * Reads the part of CloudWatch Logs' filter pattern language that people type:
 *
 *     ERROR "timed out" -DEBUG          all terms, quoted phrases, none of the excluded
 *     ?ERROR ?WARN                      any of the terms
 *     { $.level = "ERROR" && $.detail.code != 404 }
 *
 * JSON patterns compare with `=`, `!=`, `<`, `<=`, `>`, `>=` (strings may hold `*`), `IS NULL`, `NOT EXISTS`,
 * joined by `&&` and `||`.
 * @throws AwsError InvalidParameterException for what it cannot read
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function logFilter(pattern: string): LogFilter {
  const trimmed = pattern.trim();
  if (trimmed === '') return () => true;
  if (trimmed.startsWith('{')) return jsonFilter(trimmed);
  return termFilter(trimmed);
}

function termFilter(pattern: string): LogFilter {
  const terms = [...pattern.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, sign, quoted, bare]) => ({
    sign,
    text: quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '',
  }));
  const withSign = (sign: string): string[] => terms.filter((term) => term.sign === sign).map(({ text }) => text);
  const [required, excluded, optional] = [withSign(''), withSign('-'), withSign('?')];
  return (message) =>
    required.every((text) => message.includes(text)) &&
    !excluded.some((text) => message.includes(text)) &&
    (optional.length === 0 || optional.some((text) => message.includes(text)));
}

type Condition = (event: unknown) => boolean;

function jsonFilter(pattern: string): LogFilter {
  const body = /^\{([\s\S]*)\}$/.exec(pattern)?.[1];
  if (body === undefined) throw invalid(pattern);
  const alternatives = splitOutsideQuotes(body, '||').map((alternative) =>
    splitOutsideQuotes(alternative, '&&').map((condition) => readCondition(unwrap(condition), pattern)),
  );
  return (message) => {
    const event = parseObject(message);
    return event !== undefined && alternatives.some((conditions) => conditions.every((holds) => holds(event)));
  };
}

function readCondition(text: string, pattern: string): Condition {
  const absence = /^\$\.(\S+)\s+(IS\s+NULL|NOT\s+EXISTS|IS\s+TRUE|IS\s+FALSE)$/i.exec(text);
  if (absence) {
    const [, path = '', test = ''] = absence;
    const expected = { NULL: null, EXISTS: undefined, TRUE: true, FALSE: false }[
      test.toUpperCase().split(/\s+/)[1] ?? ''
    ];
    return (event) => select(event, path) === expected;
  }
  const comparison = /^\$\.(\S+?)\s*(!=|<=|>=|=|<|>)\s*("(?:[^"\\]|\\.)*"|\S+)$/.exec(text);
  if (!comparison) throw invalid(pattern);
  const [, path = '', operator = '', operand = ''] = comparison;
  return (event) => compare(select(event, path), operator, operand);
}

function compare(value: unknown, operator: string, operand: string): boolean {
  if (operator === '=') return equals(value, operand);
  if (operator === '!=') return value !== undefined && !equals(value, operand);
  if (typeof value !== 'number') return false;
  const limit = Number(operand);
  return { '<': value < limit, '<=': value <= limit, '>': value > limit, '>=': value >= limit }[operator] ?? false;
}

function equals(value: unknown, operand: string): boolean {
  if (value === undefined || value === null || typeof value === 'object') return false;
  const text = operand.startsWith('"') ? operand.slice(1, -1).replace(/\\(.)/g, '$1') : operand;
  if (typeof value === 'number' && !operand.startsWith('"')) return value === Number(text);
  const expression = text
    .split('*')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${expression}$`, 's').test(String(value));
}

/** `detail.items[0].code` */
const select = (event: unknown, path: string): unknown =>
  path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], event);

const splitOutsideQuotes = (text: string, operator: '&&' | '||'): string[] => {
  const separator = operator === '&&' ? /&&(?=(?:[^"]*"[^"]*")*[^"]*$)/ : /\|\|(?=(?:[^"]*"[^"]*")*[^"]*$)/;
  return text.split(separator);
};

const unwrap = (condition: string): string =>
  condition
    .trim()
    .replace(/^\(([\s\S]*)\)$/, '$1')
    .trim();

function parseObject(message: string): object | undefined {
  if (!message.startsWith('{')) return undefined;
  try {
    return JSON.parse(message) as object;
  } catch {
    return undefined;
  }
}

const invalid = (pattern: string): AwsError =>
  new AwsError('InvalidParameterException', `Invalid filter pattern: ${pattern}`);
