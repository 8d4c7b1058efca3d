import { type State, afterFault, never, untilFree } from '../states.ts';
import { AFTER_ERROR, ERROR, type InstanceDeploymentProps, MORE_TO_RUN, runEvents, step } from './tasks.ts';
import { watchingLane } from './watching-lane.ts';

/**
 * Runs the steps of the plan in order, then settles: the action is completed the moment the work is done. Where several
 * deployment groups share the action, their deployments follow one another here, until one does not end well.
 */
export function deployLane(props: InstanceDeploymentProps): object {
  return {
    StartAt: 'RunEvents',
    States: {
      RunEvents: {
        ...runEvents(props, [never('States.Timeout'), untilFree, ...afterFault]),
        Catch: [{ ErrorEquals: ['States.ALL'], Output: AFTER_ERROR, Next: 'SettleDeployment' }],
        Next: 'ChooseNextStep',
      },
      ChooseNextStep: {
        Type: 'Choice',
        Choices: [
          { Condition: MORE_TO_RUN, Next: 'RunEvents' },
          { Condition: NEXT_MAY_BEGIN, Next: 'GoOnToNextDeployment' },
        ],
        Default: 'SettleDeployment',
      },
      GoOnToNextDeployment: {
        ...step(props, 'goOnToNext', { deploymentId: DEPLOYMENT_ID }),
        Output: { deployment: '{% $states.result.Payload %}', stepIndex: 0 },
        Catch: [{ ErrorEquals: ['States.ALL'], Output: AFTER_ERROR, Next: 'SettleDeployment' }],
        Next: 'ChooseWhetherToGoOn',
      },
      ChooseWhetherToGoOn: {
        Type: 'Choice',
        Choices: [{ Condition: "{% $states.input.deployment.decision = 'Deploy' %}", Next: 'RunEvents' }],
        Output: '{% $states.input.deployment.outcome %}',
        Default: 'CompleteLifecycleAction',
      },
      SettleDeployment: {
        ...step(props, 'settleDeployment', { error: ERROR, deploymentId: DEPLOYMENT_ID }),
        Output: '{% $states.result.Payload %}',
        Next: 'CompleteLifecycleAction',
      },
      CompleteLifecycleAction: { ...completeLifecycleAction(props), End: true },
    },
  };
}

const DEPLOYMENT_ID = '{% $states.input.deployment.deploymentId %}';

/** Whether a deployment has gone well, and another waits for its turn. */
const NEXT_MAY_BEGIN = "{% $states.input.status = 'Succeeded' and $states.input.deployment.hasNext %}";

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
