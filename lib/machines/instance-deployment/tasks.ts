import { type State, afterFault, invoke, never, type Retrier } from '../states.ts';

export interface InstanceDeploymentProps {
  /** AWS partition of the machine, which the ARNs of its integrations name: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly orchestratorFunctionArn: string;
  readonly heartbeatFunctionArn: string;
  readonly trafficFunctionArn: string;
  readonly tableName: string;
}

/** ARN of a service integration. */
export function integration({ partition }: InstanceDeploymentProps, name: string): string {
  return `arn:${partition}:states:::${name}`;
}

/** The input of the execution, which every function is given. */
export const REQUEST = '{% $states.context.Execution.Input %}';

/** One step of the orchestrator: a call that is answered within seconds and may be repeated. */
export function step(props: InstanceDeploymentProps, name: string, payload: Record<string, unknown> = {}): State {
  return {
    ...invoke(integration(props, 'lambda:invoke'), props.orchestratorFunctionArn, {
      step: name,
      request: REQUEST,
      ...payload,
    }),
    Retry: afterFault,
  };
}

/**
 * Puts the leg of one step into the host's mailbox, and waits for its end. A lane has the deployment that it is at in
 * its input, beside the number of steps that are over.
 */
export function runEvents(props: InstanceDeploymentProps, retry: readonly Retrier[]): State {
  return {
    ...invoke(integration(props, 'lambda:invoke.waitForTaskToken'), props.orchestratorFunctionArn, {
      step: 'runEvents',
      request: '{% $states.input.deployment.request %}',
      legNumber: '{% $states.input.stepIndex + 1 %}',
      events: '{% $states.input.deployment.plan[$states.input.stepIndex].events %}',
      taskToken: '{% $states.context.Task.Token %}',
      attempt: '{% $states.context.State.RetryCount %}',
    }),
    TimeoutSeconds: '{% $states.input.deployment.plan[$states.input.stepIndex].timeoutSeconds %}',
    Output: afterStep('$states.result.status'),
    Retry: retry,
  };
}

/** What a lane goes on with behind a step. @param status expression of how the step ended */
export function afterStep(status: string): string {
  return `{% $merge([$states.input, { 'stepIndex': $states.input.stepIndex + 1, 'status': ${status} }]) %}`;
}

/** What a lane goes on with behind a step that broke. */
export const AFTER_ERROR = "{% $merge([$states.input, { 'error': $states.errorOutput }]) %}";

/** What broke the lane, if anything did. */
export const ERROR = '{% $exists($states.input.error) ? $states.input.error : null %}';

/** Whether the work goes well and is not over. */
export const MORE_TO_RUN =
  "{% $states.input.status = 'Succeeded' and $states.input.stepIndex < $count($states.input.deployment.plan) %}";

/** A wait that leaves its token on the target's item, unless that has settled. */
export function waitForRelease(props: InstanceDeploymentProps): State {
  return {
    Type: 'Task',
    Resource: integration(props, 'aws-sdk:dynamodb:updateItem.waitForTaskToken'),
    Arguments: {
      TableName: props.tableName,
      Key: '{% $deployment.tableKey %}',
      UpdateExpression: 'SET heartbeatToken = :token',
      ConditionExpression: '#status = :inProgress',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':token': { S: '{% $states.context.Task.Token %}' },
        ':inProgress': { S: 'InProgress' },
      },
    },
    Retry: [never('States.Timeout', ...DEPLOYMENT_HAS_SETTLED), ...afterFault],
  };
}

/** Errors of the heartbeat function that are news, not faults: waiting would not mend them. */
export const REASONS_TO_STOP = ['LifecycleActionGone', 'HostAgentSilent', 'DeadlineReached'];

/** Step Functions spells the service both ways, by the kind of integration. */
export const DEPLOYMENT_HAS_SETTLED = [
  'DynamoDb.ConditionalCheckFailedException',
  'DynamoDB.ConditionalCheckFailedException',
];
