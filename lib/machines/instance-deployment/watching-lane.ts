import { afterFault, invoke, never } from '../states.ts';
import {
  DEPLOYMENT_HAS_SETTLED,
  type InstanceDeploymentProps,
  REASONS_TO_STOP,
  REQUEST,
  integration,
  step,
  waitForRelease,
} from './tasks.ts';

/** What the states of a lane are called, for whoever watches the execution; names are unique in a machine. */
interface WatchingLaneNames {
  readonly wait: string;
  readonly beat: string;
  readonly stop: string;
  readonly end: string;
}

/**
 * Calls the heartbeat function every five minutes, or as soon as it asks to be, until the deployment settles. The wait leaves its token on the
 * target's item, where settling finds it and releases the lane at once; a deployment that settled first refuses the
 * token, which ends the lane as well. Two transitions per beat.
 */
export function watchingLane(props: InstanceDeploymentProps, { wait, beat, stop, end }: WatchingLaneNames): object {
  return {
    StartAt: wait,
    States: {
      [wait]: {
        ...waitForRelease(props),
        TimeoutSeconds: '{% $states.input.heartbeatInSeconds %}',
        Catch: [
          { ErrorEquals: ['States.Timeout'], Next: beat },
          { ErrorEquals: DEPLOYMENT_HAS_SETTLED, Next: end },
          // A lane that cannot wait beats all the same: its failure would abort the deploy lane. Retries are its pause.
          { ErrorEquals: ['States.ALL'], Next: beat },
        ],
        End: true,
      },
      [beat]: {
        ...invoke(integration(props, 'lambda:invoke'), props.heartbeatFunctionArn, { request: REQUEST }),
        Output: '{% $states.result.Payload %}',
        Retry: [never(...REASONS_TO_STOP), ...afterFault],
        Catch: [
          { ErrorEquals: REASONS_TO_STOP, Output: '{% $states.errorOutput %}', Next: stop },
          // A hook outlives a lost beat, so must the deployment; the next comes soon.
          { ErrorEquals: ['States.ALL'], Output: { heartbeatInSeconds: 60 }, Next: wait },
        ],
        Next: wait,
      },
      [stop]: {
        ...step(props, 'stopTheWork', { error: '{% $states.input %}' }),
        Next: end,
      },
      [end]: { Type: 'Succeed' },
    },
  };
}
