import type { Json } from '../language/json.ts';
import { textOf } from '../language/json.ts';
import { HEARTBEAT_TIMEOUT, TIMEOUT } from '../language/states-error.ts';
import type { StatesError } from '../language/states-error.ts';
import { errorDetails, inputDetails, outputDetails } from './details.ts';
import type { EventDetails } from './history-event.ts';

export interface TaskLimits {
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
}

export type NamedEvent = readonly [type: string, details?: EventDetails];

/** How the course of one task is told; a function called by its ARN has its own words for it. */
export interface TaskEvents {
  scheduled(parameters: Json, limits: TaskLimits): NamedEvent;
  started(): NamedEvent;
  submitted(output: Json): NamedEvent;
  succeeded(output: Json): NamedEvent;
  failed(error: StatesError): NamedEvent;
}

/** Events of a service integration: `resourceType` `lambda`, `resource` `invoke.waitForTaskToken`. */
export function serviceTaskEvents(resourceType: string, resource: string, region: string): TaskEvents {
  const task = { resourceType, resource };
  return {
    scheduled: (parameters, limits) => [
      'TaskScheduled',
      { ...task, region, parameters: textOf(parameters), ...limitDetails(limits) },
    ],
    started: () => ['TaskStarted', task],
    submitted: (output) => ['TaskSubmitted', { ...task, ...outputDetails(output) }],
    succeeded: (output) => ['TaskSucceeded', { ...task, ...outputDetails(output) }],
    failed: (error) =>
      isTimeout(error)
        ? ['TaskTimedOut', { ...task, ...timeoutDetails(error) }]
        : ['TaskFailed', { ...task, ...errorDetails(error) }],
  };
}

/** Events of a Task whose Resource is the ARN of a function. */
export function lambdaFunctionEvents(functionArn: string): TaskEvents {
  const nothing = (): NamedEvent => ['LambdaFunctionStarted'];
  return {
    scheduled: (parameters, limits) => [
      'LambdaFunctionScheduled',
      { resource: functionArn, ...inputDetails(parameters), ...limitDetails(limits) },
    ],
    started: nothing,
    submitted: nothing,
    succeeded: (output) => ['LambdaFunctionSucceeded', outputDetails(output)],
    failed: (error) =>
      isTimeout(error)
        ? ['LambdaFunctionTimedOut', timeoutDetails(error)]
        : ['LambdaFunctionFailed', errorDetails(error)],
  };
}

const limitDetails = ({ timeoutSeconds, heartbeatSeconds }: TaskLimits): EventDetails => ({
  ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
  ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
});

const isTimeout = ({ error }: StatesError): boolean => error === TIMEOUT || error === HEARTBEAT_TIMEOUT;

/** AWS's histories call a missed heartbeat a timeout too; only Retry and Catch see the difference. */
const timeoutDetails = ({ cause }: StatesError): EventDetails => errorDetails({ error: TIMEOUT, cause });
