import type { ChoiceState } from '../language/definition.ts';
import { NO_CHOICE_MATCHED, StatesError } from '../language/states-error.ts';
import type { Departure, Visit } from './visit.ts';

/**
 * Takes the first rule whose condition is true, with that rule's Output and Assign.
 * The state's own Output and Assign belong to its Default.
 * @throws StatesError `States.NoChoiceMatched`, which nothing inside the state can catch
 */
export async function runChoice(state: ChoiceState, visit: Visit): Promise<Departure> {
  for (const [index, rule] of state.choices.entries()) {
    const matches = await visit.evaluateTo<boolean>('boolean', rule.condition, `Choices[${index}]/Condition`);
    if (matches) return visit.depart(rule, rule.next, visit.input);
  }
  if (state.default !== undefined) return visit.depart(state, state.default, visit.input);
  throw new StatesError(
    NO_CHOICE_MATCHED,
    `An error occurred while executing the state '${state.name}' (entered at the event id #${visit.enteredEventId}). Failed to transition out of the state. The state's choices did not match and it has no Default.`,
  );
}
