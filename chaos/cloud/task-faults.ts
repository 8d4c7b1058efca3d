import type { Clock } from '../../rehearsal/clock.ts';
import { StatesError } from '../../rehearsal/states/language/states-error.ts';
import type { TaskFault } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';

/** Names by which a state machine knows what goes wrong with a service that it calls itself. */
export interface ErrorNames {
  readonly throttled: string;
  readonly broken: string;
  readonly unanswered: string;
}

const FAULTS: Readonly<Record<TaskFault, number>> = {
  'task throttled': 2,
  'task failed with a 500': 1,
  'answer to a task lost': 2,
  'task sent twice': 2,
};

const LONGEST_WAY_MS = 40;

/**
 * One call that a state machine makes without a function. It takes effect at one moment, once or twice, or never.
 * @throws StatesError
 */
export async function callOfTask<Answer>(
  names: ErrorNames,
  act: () => Answer | Promise<Answer>,
  { clock, faults }: { readonly clock: Clock; readonly faults: Faults },
): Promise<Answer> {
  await clock.sleep(faults.lots.between(1, LONGEST_WAY_MS));
  const fault = faults.among(faults.weather.call, FAULTS);
  if (fault === 'task throttled') throw new StatesError(names.throttled, 'Rate exceeded');
  if (fault === 'task failed with a 500') throw new StatesError(names.broken, 'We encountered an internal error');
  if (fault === 'task sent twice') await Promise.resolve(act()).catch(() => undefined);
  const answer = await act();
  if (fault !== 'answer to a task lost') return answer;
  throw new StatesError(names.unanswered, 'Unable to execute HTTP request: Read timed out');
}
