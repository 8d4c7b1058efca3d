import { BLOCK_LIMIT_SECONDS, lookAgainIn, PAUSES_SECONDS } from '../../../core/traffic/pace.ts';
import type { TrafficEventName } from '../../../core/lifecycle-event.ts';
import { afterFault, invoke, never, type Retrier, type State } from '../states.ts';
import { AFTER_ERROR, afterStep, type InstanceDeploymentProps, integration, REQUEST } from './tasks.ts';

/** The step that follows, if it is this one of the engine's own. */
export function nextIs(event: TrafficEventName): string {
  return (
    "{% $states.input.status = 'Succeeded' and " +
    `$states.input.deployment.plan[$states.input.stepIndex][kind = 'MoveTraffic'].events[0] = '${event}' %}`
  );
}

/**
 * Moves the host's traffic: one call per look at the load balancer, and a retry for every pause between two looks,
 * which is one transition where a loop of states would be three. A leg always follows.
 */
export function moveTraffic(
  props: InstanceDeploymentProps,
  event: TrafficEventName,
  next: { readonly leg: string; readonly settle: string },
): State {
  return {
    ...invoke(integration(props, 'lambda:invoke'), props.trafficFunctionArn, {
      event,
      request: REQUEST,
      stepNumber: '{% $states.input.stepIndex + 1 %}',
    }),
    Output: afterStep('$states.result.Payload.status'),
    Retry: [never('TrafficNotMoved'), ...untilAnswered, ...afterFault],
    Catch: [
      { ErrorEquals: ['TrafficNotMoved'], Output: {}, Next: next.settle },
      { ErrorEquals: ['States.ALL'], Output: AFTER_ERROR, Next: next.settle },
    ],
    Next: next.leg,
  };
}

/** The function itself keeps the time limit of the event; these only must not end before it. */
const untilAnswered: readonly Retrier[] = PAUSES_SECONDS.map((pause) => ({
  ErrorEquals: [lookAgainIn(pause)],
  IntervalSeconds: pause,
  BackoffRate: 1,
  MaxAttempts: Math.ceil((2 * BLOCK_LIMIT_SECONDS) / pause),
}));
