import type { Catcher, Outgoing, Retrier } from './definition.ts';
import type { Fields } from './fields.ts';
import { present } from './present.ts';

/** Where a state goes next, or that it ends its list. */
export function following(fields: Fields): { next?: string } {
  const ends = fields.raw('End') === true;
  if (ends === fields.has('Next')) fields.problem('State must contain exactly one of [Next, End]');
  return present({ next: fields.string('Next') });
}

/** What a state, a rule or a Catch passes on and remembers. */
export function outgoing(fields: Fields): Outgoing {
  for (const name of fields.object('Assign')?.names() ?? []) {
    if (!isVariableName(name)) fields.problem(`'${name}' is no name for a variable`, 'Assign');
  }
  return present({ output: fields.template('Output'), assign: fields.template('Assign') });
}

const isVariableName = (name: string): boolean =>
  name.length <= 80 && name !== 'states' && /^[\p{ID_Start}_][\p{ID_Continue}_]*$/u.test(name);

/** How a state that may fail is tried again, and where it goes when it has failed for good. */
export function failing(fields: Fields): { retry: readonly Retrier[]; catch: readonly Catcher[] } {
  return { retry: fields.objects('Retry').map(parseRetrier), catch: fields.objects('Catch').map(parseCatcher) };
}

function parseRetrier(fields: Fields): Retrier {
  const retrier: Retrier = {
    errorEquals: parseErrorEquals(fields),
    intervalSeconds: fields.number('IntervalSeconds', 1),
    maxAttempts: fields.number('MaxAttempts', 3),
    backoffRate: fields.number('BackoffRate', 2),
    maxDelaySeconds: fields.number('MaxDelaySeconds', Infinity),
    jitterStrategy: fields.oneOf('JitterStrategy', ['FULL', 'NONE'], 'NONE'),
  };
  fields.refuseOthers();
  return retrier;
}

function parseCatcher(fields: Fields): Catcher {
  fields.require('Next');
  const catcher = { errorEquals: parseErrorEquals(fields), next: fields.string('Next') ?? '', ...outgoing(fields) };
  fields.refuseOthers();
  return catcher;
}

function parseErrorEquals(fields: Fields): readonly string[] {
  fields.require('ErrorEquals');
  const names = fields.raw('ErrorEquals');
  if (Array.isArray(names) && names.length > 0 && names.every((name) => typeof name === 'string')) {
    if (names.includes('States.ALL') && names.length > 1) {
      fields.problem('States.ALL must appear alone in ErrorEquals', 'ErrorEquals');
    }
    return names;
  }
  if (fields.has('ErrorEquals')) fields.problem('Expected a non-empty array of error names', 'ErrorEquals');
  return [];
}
