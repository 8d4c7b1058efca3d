import type { TaskLimits, NamedEvent } from '../history/task-events.ts';
import type { Integration } from '../integrations/integration.ts';
import type { TaskState } from '../language/definition.ts';
import type { Json } from '../language/json.ts';
import { StatesError } from '../language/states-error.ts';
import type { Template } from '../language/template.ts';
import { abortOf } from './abort-of.ts';
import { startDeadlines } from './deadlines.ts';
import { persist } from './persist.ts';
import type { TokenWait } from './task-tokens.ts';
import type { Departure, Visit } from './visit.ts';

/** Calls a service: and then takes its answer, waits for the job it began, or waits for a task token to come back. */
export function runTask(state: TaskState, visit: Visit): Promise<Departure> {
  const integration = visit.thread.engine.integrations.of(state.resource);
  return persist(state, visit, async () => {
    // Each attempt has a token of its own: the holder of an old one must not answer for the new.
    const wait = integration.pattern === 'waitForTaskToken' ? visit.thread.engine.tokens.open() : undefined;
    visit.taskToken = wait?.token;
    try {
      const result = await attempt(state, visit, integration, wait);
      return await visit.depart(state, state.next, result, { result });
    } finally {
      wait?.close();
    }
  });
}

async function attempt(
  state: TaskState,
  visit: Visit,
  integration: Integration,
  wait: TokenWait | undefined,
): Promise<Json> {
  const { thread } = visit;
  const { events } = integration;
  const parameters = state.arguments ? await visit.evaluate(state.arguments, 'Arguments') : visit.input;
  visit.refuseTooLarge(parameters, state.name);
  const limits = await limitsOf(state, visit);
  const record = ([type, details]: NamedEvent): void => {
    thread.record(type, details);
  };
  record(events.scheduled(parameters, limits));
  record(events.started());
  try {
    const result = await perform(visit, integration, parameters, limits, wait, record);
    visit.refuseTooLarge(result, integration.name);
    record(events.succeeded(result));
    return result;
  } catch (error) {
    if (error instanceof StatesError) record(events.failed(error));
    throw error;
  }
}

async function perform(
  visit: Visit,
  integration: Integration,
  parameters: Json,
  limits: TaskLimits,
  wait: TokenWait | undefined,
  record: (event: NamedEvent) => void,
): Promise<Json> {
  const { thread } = visit;
  const { clock } = thread.engine.ground;
  // Waiting is hurried by a fast clock, work is not: a function that is merely called gets its seconds on the wall.
  const deadlines = startDeadlines(clock, limits, integration.pattern === 'requestResponse' ? clock.speed : 1);
  wait?.onHeartbeat(deadlines.beat);
  const abort = abortOf(thread.signal);
  const { roleArn, stateMachine } = thread.execution.plan;
  const call = { parameters, roleArn, sessionName: stateMachine.name };

  let settled = false;
  const work = async (): Promise<Json> => {
    const answer = await integration.start(call);
    if (integration.pattern === 'requestResponse') return answer;
    if (!settled) record(integration.events.submitted(answer));
    if (integration.pattern === 'sync') return integration.join(answer, thread.signal);
    return wait?.outcome ?? answer;
  };
  try {
    // A quick worker may send its token back before the call that handed it out has been answered.
    const ways = [work(), deadlines.expired, abort.aborted, ...(wait ? [wait.outcome] : [])];
    return await Promise.race(ways);
  } finally {
    settled = true;
    deadlines.stop();
    abort.release();
  }
}

async function limitsOf(state: TaskState, visit: Visit): Promise<TaskLimits> {
  const seconds = async (template: Template | undefined, location: string): Promise<number | undefined> =>
    template ? visit.evaluateTo<number>('number', template, location) : undefined;
  const timeoutSeconds = await seconds(state.timeoutSeconds, 'TimeoutSeconds');
  const heartbeatSeconds = await seconds(state.heartbeatSeconds, 'HeartbeatSeconds');
  return {
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatSeconds }),
  };
}
