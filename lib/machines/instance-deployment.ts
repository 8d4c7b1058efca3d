import { inPlaceLane, watchLane } from './instance-deployment/in-place-lanes.ts';
import { completeLifecycleAction, deployLane, heartbeatLane } from './instance-deployment/lifecycle-action-lanes.ts';
import { type InstanceDeploymentProps, step } from './instance-deployment/tasks.ts';
import { afterFault, untilItsTurn } from './states.ts';

export type { InstanceDeploymentProps } from './instance-deployment/tasks.ts';

/** Auto Scaling keeps no lifecycle action longer than 48 h; five minutes before that the engine still has a say. */
const LONGEST_DEPLOYMENT_SECONDS = 48 * 3600 - 300;

/**
 * The state machine that deploys to one host: because of a lifecycle action, or in place.
 *
 * Its input is the request, its output the outcome. Two lanes run side by side: a heartbeat never waits for work, and
 * work never thinks of heartbeats. Whatever fails, the way of a lifecycle action leads to its completion, that of a
 * deployment in place to a verdict on record; what even that cannot reach ends the execution, and the dead-execution
 * function takes over.
 */
export function instanceDeployment(props: InstanceDeploymentProps): object {
  return {
    Comment: 'Deploys to one host: while Auto Scaling holds it in a lifecycle action, or in place',
    QueryLanguage: 'JSONata',
    TimeoutSeconds: LONGEST_DEPLOYMENT_SECONDS,
    StartAt: 'OpenDeployment',
    States: {
      OpenDeployment: {
        ...step(props, 'openDeployment'),
        Retry: [untilItsTurn, ...afterFault],
        Assign: { deployment: '{% $states.result.Payload %}' },
        Output: '{% $states.result.Payload.outcome %}',
        Catch: [
          { ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'SettleInterruptedDeployment' },
        ],
        Next: 'ChooseWhetherToDeploy',
      },
      ChooseWhetherToDeploy: {
        Type: 'Choice',
        Choices: [
          {
            Condition: `{% $deployment.decision = 'Deploy' and ${HAS_ACTION} %}`,
            Next: 'DeployAndHeartbeat',
          },
          { Condition: `{% ${HAS_ACTION} %}`, Next: 'CompleteActionDirectly' },
          { Condition: "{% $deployment.decision = 'Deploy' %}", Next: 'DeployInPlace' },
        ],
        Default: 'EndInPlace',
      },
      DeployInPlace: {
        Type: 'Parallel',
        Arguments: {
          deployment: '{% $deployment %}',
          stepIndex: 0,
          heartbeatInSeconds: '{% $deployment.firstHeartbeatInSeconds %}',
        },
        Branches: [inPlaceLane(props), watchLane(props)],
        Output: '{% $states.result[0] %}',
        Catch: [
          { ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput %}', Next: 'SettleInterruptedDeployment' },
        ],
        End: true,
      },
      DeployAndHeartbeat: {
        Type: 'Parallel',
        Arguments: {
          deployment: '{% $deployment %}',
          stepIndex: 0,
          heartbeatInSeconds: '{% $deployment.firstHeartbeatInSeconds %}',
        },
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
        Catch: [{ ErrorEquals: ['States.ALL'], Output: OUTCOME_WITHOUT_RECORD, Next: 'ChooseWhoWaits' }],
        Next: 'ChooseWhoWaits',
      },
      ChooseWhoWaits: {
        Type: 'Choice',
        Choices: [
          { Condition: `{% ${HAS_ACTION} %}`, Next: 'CompleteActionDirectly' },
          { Condition: '{% $exists($states.input.deploymentId) %}', Next: 'EndInPlace' },
        ],
        Default: 'LeaveToDeadExecution',
      },
      EndInPlace: { Type: 'Succeed' },
      // Nobody holds the host, so that there is time: the dead-execution function tries again to write the verdict.
      LeaveToDeadExecution: { Type: 'Fail', Error: 'OutcomeNotRecorded', Cause: '{% $states.input.reason %}' },
      CompleteActionDirectly: { ...completeLifecycleAction(props), End: true },
    },
  };
}

/** Whether Auto Scaling waits for the end. */
const HAS_ACTION = "$states.context.Execution.Input.type != 'in-place'";

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
