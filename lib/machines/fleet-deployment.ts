import { rollLane } from './fleet-deployment/roll-lane.ts';
import { type FleetDeploymentProps, fleetStep } from './fleet-deployment/tasks.ts';
import { fleetWatchLane } from './fleet-deployment/watch-lane.ts';
import { shortly } from './states.ts';

export type { FleetDeploymentProps } from './fleet-deployment/tasks.ts';

/** The function ends a deployment after 12 hours; what even that cannot end goes to the dead-execution event. */
const LONGEST_EXECUTION_SECONDS = 15 * 3600;

/**
 * The state machine that deploys to a fleet. Its input is `{ deploymentId }` of a record, its output the outcome.
 *
 * Two lanes run side by side: one rolls from target to target, the other watches alarms, time, and requests to stop. Who
 * may begin is decided where a target begins, by `InstanceDeployment`: this machine only keeps as many at work as may be.
 */
export function fleetDeployment(props: FleetDeploymentProps): object {
  return {
    Comment: 'Deploys to a fleet: target by target, zone by zone, as many at once as may be down',
    QueryLanguage: 'JSONata',
    TimeoutSeconds: LONGEST_EXECUTION_SECONDS,
    StartAt: 'OpenFleet',
    States: {
      OpenFleet: {
        ...fleetStep(props, 'openFleet', {}, [shortly('HostsAreArriving')]),
        Assign: { fleet: '{% $states.result.Payload %}' },
        Output: { settlement: '{% $states.result.Payload.settlement %}', error: null },
        Catch: BREAKS_OFF,
        Next: 'ChooseWhetherToRoll',
      },
      ChooseWhetherToRoll: {
        Type: 'Choice',
        Choices: [{ Condition: "{% $fleet.decision = 'Roll' %}", Next: 'RollAcrossFleet' }],
        Default: 'EndFleet',
      },
      RollAcrossFleet: {
        Type: 'Parallel',
        Arguments: { zone: 0, lookInSeconds: '{% $fleet.lookInSeconds %}' },
        Branches: [rollLane(props), fleetWatchLane(props)],
        Output: NO_ERROR,
        Catch: [{ ErrorEquals: ['FleetIsOver'], Output: NO_ERROR, Next: 'EndFleet' }, ...BREAKS_OFF],
        Next: 'EndFleet',
      },
      EndFleet: {
        ...fleetStep(
          props,
          'endFleet',
          { settlement: '{% $states.input.settlement %}', error: '{% $states.input.error %}' },
          [shortly('TargetsInProgress')],
        ),
        Output: '{% $states.result.Payload %}',
        End: true,
      },
    },
  };
}

const NO_ERROR = { settlement: null, error: null };

const BREAKS_OFF = [
  {
    ErrorEquals: ['States.ALL'],
    Output: { settlement: null, error: '{% $states.errorOutput %}' },
    Next: 'EndFleet',
  },
];
