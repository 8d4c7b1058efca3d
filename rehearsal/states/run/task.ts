import type { TaskLimits } from '../history/task-events.ts';
import type { TaskState } from '../language/definition.ts';
import type { Template } from '../language/template.ts';
import { persist } from './persist.ts';
import { TaskAttempt } from './task-attempt.ts';
import type { Departure, Visit } from './visit.ts';

/** Calls a service: and then takes its answer, waits for the job it began, or waits for a task token to come back. */
export function runTask(state: TaskState, visit: Visit): Promise<Departure> {
  const { integrations, tokens } = visit.thread.engine;
  const integration = integrations.of(state.resource);
  return persist(state, visit, async () => {
    // Each attempt has a token of its own: the holder of an old one must not answer for the new.
    const wait = integration.pattern === 'waitForTaskToken' ? tokens.open(machineArnOf(visit)) : undefined;
    visit.taskToken = wait?.token;
    try {
      const parameters = state.arguments ? await visit.evaluate(state.arguments, 'Arguments') : visit.input;
      visit.refuseTooLarge(parameters, state.name);
      const limits = await limitsOf(state, visit);
      const result = await new TaskAttempt(visit, integration, wait).run(parameters, limits);
      return await visit.depart(state, state.next, result, { result });
    } finally {
      wait?.close();
    }
  });
}

/** A child of a Map Run runs under the state machine's own name with the Map's behind it. */
const machineArnOf = ({ thread }: Visit): string =>
  thread.execution.plan.stateMachine.arn.split('/')[0] ?? thread.execution.plan.stateMachine.arn;

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
