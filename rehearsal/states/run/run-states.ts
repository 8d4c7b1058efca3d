import { assignedDetails, inputDetails, outputDetails } from '../history/details.ts';
import type { State, StateList } from '../language/definition.ts';
import type { Json } from '../language/json.ts';
import { RUNTIME, StatesError } from '../language/states-error.ts';
import { runChoice } from './choice.ts';
import { runFail } from './fail.ts';
import { runMap } from './map.ts';
import { runParallel } from './parallel.ts';
import { runPass } from './pass.ts';
import { runSucceed } from './succeed.ts';
import { runTask } from './task.ts';
import type { Thread } from './thread.ts';
import { recordTransition } from './transition.ts';
import type { Departure } from './visit.ts';
import { Visit } from './visit.ts';
import { runWait } from './wait.ts';

/**
 * Runs a list of states from its start to its end.
 * @returns the output of the last state
 * @throws StatesError when a state fails for good; Aborted when the thread must not go on
 */
export async function runStates(list: StateList, input: Json, thread: Thread): Promise<Json> {
  let name: string | undefined = list.startAt;
  let value = input;
  while (name !== undefined) {
    const state: State | undefined = list.states.get(name);
    if (!state) throw new StatesError(RUNTIME, `There is no state '${name}'`);
    const departure: Departure = await visit(state, value, thread);
    ({ next: name, output: value } = departure);
  }
  return value;
}

async function visit(state: State, input: Json, thread: Thread): Promise<Departure> {
  await thread.engine.ground.throttles.untilAllowed('StateTransitions', thread.signal);
  const here = enter(state, input, thread);
  const departure = await run(state, here);
  leave(here, departure);
  return departure;
}

function enter(state: State, input: Json, thread: Thread): Visit {
  const eventBeforeId = thread.lastEventId;
  const eventId = thread.record(`${state.type}StateEntered`, { name: state.name, ...inputDetails(input) });
  thread.open = state;
  recordTransition(thread, state.name);
  const here = new Visit(state, input, thread, eventId, eventBeforeId);
  here.refuseTooLarge(input, state.name);
  return here;
}

function leave({ state, thread }: Visit, { output, assigned }: Departure): void {
  thread.record(`${state.type}StateExited`, {
    name: state.name,
    ...outputDetails(output),
    ...assignedDetails(assigned),
  });
  thread.open = undefined;
  if (assigned) thread.scope.assign(assigned);
}

function run(state: State, here: Visit): Promise<Departure> {
  switch (state.type) {
    case 'Pass':
      return runPass(state, here);
    case 'Task':
      return runTask(state, here);
    case 'Choice':
      return runChoice(state, here);
    case 'Wait':
      return runWait(state, here);
    case 'Parallel':
      return runParallel(state, here, runStates);
    case 'Map':
      return runMap(state, here, runStates);
    case 'Succeed':
      return runSucceed(state, here);
    case 'Fail':
      return runFail(state, here);
  }
}
