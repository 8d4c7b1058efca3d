import { afterFault, never, untilFree } from '../states.ts';
import { AFTER_ERROR, ERROR, type InstanceDeploymentProps, MORE_TO_RUN, runEvents, step } from './tasks.ts';
import { moveTraffic, nextIs } from './traffic-states.ts';
import { watchingLane } from './watching-lane.ts';

/** Runs the steps of the plan in order on a host that nobody holds: a verdict is all that there is to reach. */
export function inPlaceLane(props: InstanceDeploymentProps): object {
  const afterMove = { leg: 'RunEventsInPlace', settle: 'SettleInPlaceDeployment' };
  return {
    StartAt: 'RunEventsInPlace',
    States: {
      RunEventsInPlace: {
        ...runEvents(props, [never('States.Timeout'), untilFree, ...afterFault]),
        Catch: [{ ErrorEquals: ['States.ALL'], Output: AFTER_ERROR, Next: 'SettleInPlaceDeployment' }],
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
        ...step(props, 'settleAndRelease', { error: ERROR }),
        Output: '{% $states.result.Payload %}',
        End: true,
      },
    },
  };
}

/** Looks at the host until the deployment settles: nobody else would notice that it fell silent. */
export function watchLane(props: InstanceDeploymentProps): object {
  return watchingLane(props, {
    wait: 'WaitUntilSettled',
    beat: 'LookAtHost',
    stop: 'StopTheWorkInPlace',
    end: 'EndWatch',
  });
}
