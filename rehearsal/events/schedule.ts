/** When a schedule is due next, given a time; both in milliseconds since the epoch. */
export type Schedule = (afterMs: number) => number;

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const MINUTE_MS = 60_000;
const SEARCH_MINUTES = 366 * 24 * 60;

/**
 * Reads `rate(5 minutes)` and `cron(0/15 8-18 ? * MON-FRI *)`, times in UTC.
 * @throws Error for anything else
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function schedule(expression: string): Schedule {
  const [, kind, body = ''] = /^(rate|cron)\((.+)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') return rate(body, expression);
  if (kind === 'cron') return cron(body, expression);
  throw invalid(expression);
}

function rate(body: string, expression: string): Schedule {
  const [count = '', unit = ''] = body.trim().split(/\s+/);
  const unitMs = UNIT_MS[unit.replace(/s$/, '')];
  if (!unitMs || !(Number(count) >= 1)) throw invalid(expression);
  return (afterMs) => afterMs + Number(count) * unitMs;
}

function cron(body: string, expression: string): Schedule {
  const fields = body.trim().split(/\s+/);
  const [minutes, hours, daysOfMonth, months, daysOfWeek, years] = fields;
  if (!minutes || !hours || !daysOfMonth || !months || !daysOfWeek || !years) throw invalid(expression);
  const matches = [
    field(minutes, 0, 59, (date) => date.getUTCMinutes()),
    field(hours, 0, 23, (date) => date.getUTCHours()),
    field(daysOfMonth, 1, 31, (date) => date.getUTCDate()),
    field(months, 1, 12, (date) => date.getUTCMonth() + 1, MONTHS),
    field(daysOfWeek, 1, 7, (date) => date.getUTCDay() + 1, WEEKDAYS),
    field(years, 1970, 2199, (date) => date.getUTCFullYear()),
  ];
  return (afterMs) => {
    const first = Math.floor(afterMs / MINUTE_MS) + 1;
    for (let minute = first; minute < first + SEARCH_MINUTES; minute += 1) {
      const date = new Date(minute * MINUTE_MS);
      if (matches.every((match) => match(date))) return date.getTime();
    }
    return Infinity;
  };
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** `*`, `?`, `5`, `1-5`, `MON,WED`, `0/15` */
function field(
  text: string,
  lowest: number,
  highest: number,
  valueOf: (date: Date) => number,
  names: readonly string[] = [],
): (date: Date) => boolean {
  const number = (word: string): number => {
    const index = names.indexOf(word.toUpperCase());
    const value = index >= 0 ? index + 1 : Number(word);
    if (!Number.isInteger(value)) throw invalid(text);
    return value;
  };
  const allowed = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step] = part.split('/');
    const every = range === '*' || range === '?';
    const [from = '', to] = range.split('-');
    const start = every ? lowest : number(from);
    const otherwise = every || step ? highest : start;
    const end = to === undefined ? otherwise : number(to);
    for (let value = start; value <= end; value += step ? number(step) : 1) allowed.add(value);
  }
  return (date) => allowed.has(valueOf(date));
}

const invalid = (expression: string): Error =>
  new Error(`${expression} is no schedule that the rehearsal knows: it takes rate(…) and cron(…)`);
