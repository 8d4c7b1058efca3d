import type { JsonObject } from '../language/json.ts';
import type { MapItem } from './thread.ts';
import type { Visit } from './visit.ts';

/**
 * `$states.context`, made anew for each evaluation because the token and the retry count change.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
export function contextObject(visit: Visit, item: MapItem | undefined): JsonObject {
  const { plan, startedAt } = visit.thread.execution;
  return {
    Execution: {
      Id: plan.arn,
      Input: plan.input,
      Name: plan.name,
      RoleArn: plan.roleArn,
      StartTime: new Date(startedAt).toISOString(),
      RedriveCount: 0,
    },
    StateMachine: { Id: plan.stateMachine.arn, Name: plan.stateMachine.name },
    State: {
      Name: visit.state.name,
      EnteredTime: new Date(visit.enteredAt).toISOString(),
      ...('retry' in visit.state && { RetryCount: visit.retryCount }),
    },
    ...(visit.taskToken !== undefined && { Task: { Token: visit.taskToken } }),
    ...(item && { Map: { Item: { Index: item.index, Value: item.value } } }),
  };
}
