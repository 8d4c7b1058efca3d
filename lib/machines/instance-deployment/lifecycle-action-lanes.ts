import { HEARTBEAT_INTERVAL_SECONDS } from '../../../core/names.ts';
import { type State, afterFault, invoke, never } from '../states.ts';
import {
  DEPLOYMENT_HAS_SETTLED,
  type InstanceDeploymentProps,
  MORE_TO_RUN,
  REASONS_TO_STOP,
  REQUEST,
  integration,
  runEvents,
  step,
  waitForRelease,
} from './tasks.ts';

/** Runs the steps of the plan in order, then settles: the action is completed the moment the work is done. */
export function deployLane(props: InstanceDeploymentProps): object {
  return {
    StartAt: 'RunEvents',
    States: {
      RunEvents: {
        ...runEvents(props, [never('States.Timeout'), ...afterFault]),
        Catch: [
          { ErrorEquals: ['States.ALL'], Output: { error: '{% $states.errorOutput %}' }, Next: 'SettleDeployment' },
        ],
        Next: 'ChooseNextStep',
      },
      ChooseNextStep: {
        Type: 'Choice',
        Choices: [
          {
            Condition: MORE_TO_RUN,
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
export function heartbeatLane(props: InstanceDeploymentProps): object {
  return {
    StartAt: 'WaitUntilReleased',
    States: {
      WaitUntilReleased: {
        ...waitForRelease(props),
        TimeoutSeconds: '{% $states.input.heartbeatInSeconds %}',
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

/** Lets Auto Scaling go on. */
export function completeLifecycleAction(props: InstanceDeploymentProps): State {
  return {
    ...step(props, 'completeLifecycleAction', { outcome: '{% $states.input %}' }),
    Output: '{% $states.result.Payload %}',
  };
}
