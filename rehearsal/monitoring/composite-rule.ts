import type { AlarmState } from './evaluate-alarm.ts';

/** Whether a composite alarm is in ALARM, given the states of others. */
export type CompositeRule = (stateOf: (alarm: string) => AlarmState | undefined) => boolean;

/**
 * Reads a composite alarm's rule: `ALARM("a") OR (ALARM(b) AND NOT OK("c"))`, `TRUE`, `FALSE`.
 * Alarms are named or given by their ARN.
 * @throws Error with the rule, where it cannot be read
 */
export function compositeRule(text: string): CompositeRule {
  const tokens = [...text.matchAll(/(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*"?([^")]+?)"?\s*\)|[()]|\w+/g)];
  let position = 0;
  const peek = (): string => tokens[position]?.[0] ?? '';
  const accept = (word: string): boolean => {
    const accepted = peek() === word;
    if (accepted) position += 1;
    return accepted;
  };
  const fail = (): never => {
    throw new Error(`The alarm rule cannot be read: ${text}`);
  };

  const either = (): CompositeRule => {
    let left = both();
    while (accept('OR')) left = join(left, both(), (a, b) => a || b);
    return left;
  };
  const both = (): CompositeRule => {
    let left = single();
    while (accept('AND')) left = join(left, single(), (a, b) => a && b);
    return left;
  };
  const single = (): CompositeRule => {
    if (accept('NOT')) {
      const inner = single();
      return (stateOf) => !inner(stateOf);
    }
    if (accept('TRUE')) return () => true;
    if (accept('FALSE')) return () => false;
    if (accept('(')) {
      const inner = either();
      return accept(')') ? inner : fail();
    }
    const [, state, alarm] = tokens[position] ?? [];
    if (!state || !alarm) return fail();
    position += 1;
    const name = alarm.includes(':alarm:') ? (alarm.split(':alarm:')[1] ?? alarm) : alarm;
    return (stateOf) => stateOf(name) === state;
  };

  const rule = either();
  return position === tokens.length ? rule : fail();
}

const join =
  (left: CompositeRule, right: CompositeRule, combine: (a: boolean, b: boolean) => boolean): CompositeRule =>
  (stateOf) =>
    combine(left(stateOf), right(stateOf));
