import { type State, afterFault, never } from '../states.ts';
import { type InstanceDeploymentProps, MORE_TO_RUN, runEvents, step } from './tasks.ts';
import { watchingLane } from './watching-lane.ts';

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

/** Tells Auto Scaling that the work goes on, and looks at the host, until the deployment settles. */
export function heartbeatLane(props: InstanceDeploymentProps): object {
  return watchingLane(props, {
    wait: 'WaitUntilReleased',
    beat: 'SendHeartbeat',
    stop: 'StopTheWork',
    end: 'EndHeartbeats',
  });
}

/** Lets Auto Scaling go on. */
export function completeLifecycleAction(props: InstanceDeploymentProps): State {
  return {
    ...step(props, 'completeLifecycleAction', { outcome: '{% $states.input %}' }),
    Output: '{% $states.result.Payload %}',
  };
}
