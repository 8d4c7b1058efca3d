import { HEARTBEAT_INTERVAL_SECONDS } from '../../core/names.ts';
import { type State, afterFault, invoke, never } from './states.ts';

export interface InstanceDeploymentProps {
  /** AWS partition of the machine, which the ARNs of its integrations name: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly orchestratorFunctionArn: string;
  readonly heartbeatFunctionArn: string;
  readonly tableName: string;
}

/** Auto Scaling keeps no lifecycle action longer than 48 h; five minutes before that the engine still has a say. */
const LONGEST_DEPLOYMENT_SECONDS = 48 * 3600 - 300;

/**
 * The state machine that deploys to one host because of one lifecycle action.
 *
 * Its input is the lifecycle action, its output the deployment's outcome. Two lanes run side by side: a heartbeat
 * never waits for work, and work never thinks of heartbeats. Whatever fails, the way leads to a completed action;
 * what even that cannot reach ends the execution, and the dead-execution function takes over.
 */
export function instanceDeployment(props: InstanceDeploymentProps): object {
  return {
    Comment: 'Deploys to one host while Auto Scaling holds it in a lifecycle action',
    QueryLanguage: 'JSONata',
    TimeoutSeconds: LONGEST_DEPLOYMENT_SECONDS,
    StartAt: 'OpenDeployment',
    States: {
      OpenDeployment: {
        ...step(props, 'openDeployment'),
        Assign: { deployment: '{% $states.result.Payload %}' },
        Output: '{% $states.result.Payload.outcome %}',
        Catch: [
          { ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'SettleInterruptedDeployment' },
        ],
        Next: 'ChooseWhetherToDeploy',
      },
      ChooseWhetherToDeploy: {
        Type: 'Choice',
        Choices: [{ Condition: "{% $deployment.decision = 'Deploy' %}", Next: 'DeployAndHeartbeat' }],
        Default: 'CompleteActionDirectly',
      },
      DeployAndHeartbeat: {
        Type: 'Parallel',
        Arguments: { stepIndex: 0, heartbeatInSeconds: '{% $deployment.firstHeartbeatInSeconds %}' },
        Branches: [deployLane(props), heartbeatLane(props)],
        Output: '{% $states.result[0] %}',
        Catch: [
          { ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'SettleInterruptedDeployment' },
        ],
        End: true,
      },
      SettleInterruptedDeployment: {
        ...step(props, 'settleDeployment', { error: '{% $states.input %}' }),
        Output: '{% $states.result.Payload %}',
        Catch: [{ ErrorEquals: ['States.ALL'], Output: OUTCOME_WITHOUT_RECORD, Next: 'CompleteActionDirectly' }],
        Next: 'CompleteActionDirectly',
      },
      CompleteActionDirectly: { ...completeLifecycleAction(props), End: true },
    },
  };
}

/** Runs the steps of the plan in order, then settles: the action is completed the moment the work is done. */
function deployLane(props: InstanceDeploymentProps): object {
  return {
    StartAt: 'RunEvents',
    States: {
      RunEvents: {
        ...invoke(integration(props, 'lambda:invoke.waitForTaskToken'), props.orchestratorFunctionArn, {
          step: 'runEvents',
          request: REQUEST,
          legNumber: '{% $states.input.stepIndex + 1 %}',
          events: '{% $deployment.plan[$states.input.stepIndex].events %}',
          taskToken: '{% $states.context.Task.Token %}',
          attempt: '{% $states.context.State.RetryCount %}',
        }),
        TimeoutSeconds: '{% $deployment.plan[$states.input.stepIndex].timeoutSeconds %}',
        Output: { stepIndex: '{% $states.input.stepIndex + 1 %}', status: '{% $states.result.status %}' },
        Retry: [never('States.Timeout'), ...afterFault],
        Catch: [
          { ErrorEquals: ['States.ALL'], Output: { error: '{% $states.errorOutput %}' }, Next: 'SettleDeployment' },
        ],
        Next: 'ChooseNextStep',
      },
      ChooseNextStep: {
        Type: 'Choice',
        Choices: [
          {
            Condition:
              "{% $states.input.status = 'Succeeded' and $states.input.stepIndex < $count($deployment.plan) %}",
            Next: 'RunEvents',
          },
        ],
        Default: 'SettleDeployment',
      },
      SettleDeployment: {
        ...step(props, 'settleDeployment', {
          error: '{% $exists($states.input.error) ? $states.input.error : null %}',
        }),
        Output: '{% $states.result.Payload %}',
        Next: 'CompleteLifecycleAction',
      },
      CompleteLifecycleAction: { ...completeLifecycleAction(props), End: true },
    },
  };
}

/**
 * Beats every five minutes until the deployment settles. The wait leaves its token on the deployment's item, where
 * settling finds it and releases the lane at once; a deployment that settled first refuses the token, which ends the
 * lane as well. Two transitions per beat.
 */
function heartbeatLane(props: InstanceDeploymentProps): object {
  return {
    StartAt: 'WaitUntilReleased',
    States: {
      WaitUntilReleased: {
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
        TimeoutSeconds: '{% $states.input.heartbeatInSeconds %}',
        Retry: [never('States.Timeout', ...DEPLOYMENT_HAS_SETTLED), ...afterFault],
        Catch: [
          { ErrorEquals: ['States.Timeout'], Next: 'SendHeartbeat' },
          { ErrorEquals: DEPLOYMENT_HAS_SETTLED, Next: 'EndHeartbeats' },
          // A lane that cannot wait beats all the same: its failure would abort the deploy lane. Retries are its pause.
          { ErrorEquals: ['States.ALL'], Next: 'SendHeartbeat' },
        ],
        Next: 'EndHeartbeats',
      },
      SendHeartbeat: {
        ...invoke(integration(props, 'lambda:invoke'), props.heartbeatFunctionArn, { request: REQUEST }),
        Output: { heartbeatInSeconds: HEARTBEAT_INTERVAL_SECONDS },
        Retry: [never(...REASONS_TO_STOP), ...afterFault],
        Catch: [
          { ErrorEquals: REASONS_TO_STOP, Output: '{% $states.errorOutput %}', Next: 'StopTheWork' },
          // A hook outlives a lost beat, so must the deployment; the next comes soon.
          { ErrorEquals: ['States.ALL'], Output: { heartbeatInSeconds: 60 }, Next: 'WaitUntilReleased' },
        ],
        Next: 'WaitUntilReleased',
      },
      StopTheWork: {
        ...step(props, 'stopTheWork', { error: '{% $states.input %}' }),
        Next: 'EndHeartbeats',
      },
      EndHeartbeats: { Type: 'Succeed' },
    },
  };
}

/** ARN of a service integration. */
function integration({ partition }: InstanceDeploymentProps, name: string): string {
  return `arn:${partition}:states:::${name}`;
}

const REQUEST = '{% $states.context.Execution.Input %}';

/** Errors of the heartbeat function that are news, not faults: waiting would not mend them. */
const REASONS_TO_STOP = ['LifecycleActionGone', 'HostAgentSilent'];

/** Step Functions spells the service both ways, by the kind of integration. */
const DEPLOYMENT_HAS_SETTLED = ['DynamoDb.ConditionalCheckFailedException', 'DynamoDB.ConditionalCheckFailedException'];

/** When not even the record can be written: a launch must not pass, a termination must not be held. */
const OUTCOME_WITHOUT_RECORD = `{% $merge([
  $sift($states.context.Execution.Input, function($value, $name) {
    $name in ['type', 'instanceId', 'autoScalingGroupName']
  }),
  {
    'status': 'Failed',
    'lifecycleActionResult': $states.context.Execution.Input.type = 'launch' ? 'ABANDON' : 'CONTINUE',
    'reason': 'The engine could not record the outcome: ' & $states.errorOutput.Error,
    'lifecycleEvents': []
  }
]) %}`;

function completeLifecycleAction(props: InstanceDeploymentProps): State {
  return {
    ...step(props, 'completeLifecycleAction', { outcome: '{% $states.input %}' }),
    Output: '{% $states.result.Payload %}',
  };
}

/** One step of the orchestrator: a call that is answered within seconds and may be repeated. */
function step(props: InstanceDeploymentProps, name: string, payload: Record<string, unknown> = {}): State {
  return {
    ...invoke(integration(props, 'lambda:invoke'), props.orchestratorFunctionArn, {
      step: name,
      request: REQUEST,
      ...payload,
    }),
    Retry: afterFault,
  };
}
