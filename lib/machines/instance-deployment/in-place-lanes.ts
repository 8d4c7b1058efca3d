import { HEARTBEAT_INTERVAL_SECONDS } from '../../../core/names.ts';
import { afterFault, invoke, never, untilFree } from '../states.ts';
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
import { moveTraffic, nextIs } from './traffic-states.ts';

/** Runs the steps of the plan in order on a host that nobody holds: a verdict is all that there is to reach. */
export function inPlaceLane(props: InstanceDeploymentProps): object {
  const afterMove = { leg: 'RunEventsInPlace', settle: 'SettleInPlaceDeployment' };
  return {
    StartAt: 'RunEventsInPlace',
    States: {
      RunEventsInPlace: {
        ...runEvents(props, [never('States.Timeout'), untilFree, ...afterFault]),
        Catch: [
          {
            ErrorEquals: ['States.ALL'],
            Output: { error: '{% $states.errorOutput %}' },
            Next: 'SettleInPlaceDeployment',
          },
        ],
        Next: 'ChooseNextStepInPlace',
      },
      ChooseNextStepInPlace: {
        Type: 'Choice',
        Choices: [
          { Condition: nextIs('BlockTraffic'), Next: 'BlockTraffic' },
          { Condition: nextIs('AllowTraffic'), Next: 'AllowTraffic' },
          { Condition: MORE_TO_RUN, Next: 'RunEventsInPlace' },
        ],
        Default: 'SettleInPlaceDeployment',
      },
      BlockTraffic: moveTraffic(props, 'BlockTraffic', afterMove),
      AllowTraffic: moveTraffic(props, 'AllowTraffic', afterMove),
      SettleInPlaceDeployment: {
        ...step(props, 'settleAndRelease', {
          error: '{% $exists($states.input.error) ? $states.input.error : null %}',
        }),
        Output: '{% $states.result.Payload %}',
        End: true,
      },
    },
  };
}

/** Looks at the host every five minutes until the deployment settles: nobody else would notice that it fell silent. */
export function watchLane(props: InstanceDeploymentProps): object {
  return {
    StartAt: 'WaitUntilSettled',
    States: {
      WaitUntilSettled: {
        ...waitForRelease(props),
        TimeoutSeconds: '{% $states.input.lookInSeconds %}',
        Catch: [
          { ErrorEquals: ['States.Timeout'], Next: 'LookAtHost' },
          { ErrorEquals: DEPLOYMENT_HAS_SETTLED, Next: 'EndWatch' },
          { ErrorEquals: ['States.ALL'], Next: 'LookAtHost' },
        ],
        Next: 'EndWatch',
      },
      LookAtHost: {
        ...invoke(integration(props, 'lambda:invoke'), props.heartbeatFunctionArn, { request: REQUEST }),
        Output: { lookInSeconds: HEARTBEAT_INTERVAL_SECONDS },
        Retry: [never(...REASONS_TO_STOP), ...afterFault],
        Catch: [
          { ErrorEquals: REASONS_TO_STOP, Output: '{% $states.errorOutput %}', Next: 'StopTheWorkInPlace' },
          { ErrorEquals: ['States.ALL'], Output: { lookInSeconds: 60 }, Next: 'WaitUntilSettled' },
        ],
        Next: 'WaitUntilSettled',
      },
      StopTheWorkInPlace: {
        ...step(props, 'stopTheWork', { error: '{% $states.input %}' }),
        Next: 'EndWatch',
      },
      EndWatch: { Type: 'Succeed' },
    },
  };
}
