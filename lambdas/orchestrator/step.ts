import type { LifecycleAction } from '../../core/lifecycle-action.ts';
import { type ExecutionError, messageIn } from '../../core/settlement.ts';
import type { Stop, TargetOutcome } from '../../core/target.ts';
import { type InPlaceRequest, targetIdOf, type TargetRequest } from '../../core/target-request.ts';
import type { Engine } from '../engine.ts';
import { completeLifecycleAction } from './steps/complete-lifecycle-action.ts';
import { openDeployment } from './steps/open-deployment.ts';
import { releaseWatch } from './steps/release-watch.ts';
import { runEvents, type RunEventsRequest } from './steps/run-events.ts';
import { settleDeployment } from './steps/settle-deployment.ts';
import { stopTheWork } from './steps/stop-the-work.ts';

/** What the state machine asks for: see `lib/machines/instance-deployment.ts`. */
export type StepRequest =
  | { readonly step: 'openDeployment'; readonly request: TargetRequest }
  | ({ readonly step: 'runEvents' } & RunEventsRequest)
  | { readonly step: 'settleDeployment'; readonly request: TargetRequest; readonly error: ExecutionError | null }
  | { readonly step: 'settleAndRelease'; readonly request: InPlaceRequest; readonly error: ExecutionError | null }
  | { readonly step: 'completeLifecycleAction'; readonly request: LifecycleAction; readonly outcome: TargetOutcome }
  | { readonly step: 'stopTheWork'; readonly request: TargetRequest; readonly error: ExecutionError };

/** Carries out one step. Each may be repeated at any point without harm. */
export function carryOut(step: StepRequest, engine: Engine): Promise<unknown> {
  switch (step.step) {
    case 'openDeployment':
      return openDeployment(step.request, engine);
    case 'runEvents':
      return runEvents(step, engine);
    case 'settleDeployment':
      return settleDeployment(step.request, step.error ?? undefined, engine);
    case 'settleAndRelease':
      return settleAndRelease(step.request, step.error ?? undefined, engine);
    case 'completeLifecycleAction':
      return completeLifecycleAction(step.request, step.outcome, engine);
    case 'stopTheWork':
      return stopTheWork(targetIdOf(step.request), stopFor(step.error), engine);
  }
}

/** Where nobody waits for the end, nothing needs to stand between the verdict and the release of the watch. */
async function settleAndRelease(
  request: InPlaceRequest,
  error: ExecutionError | undefined,
  engine: Engine,
): Promise<TargetOutcome> {
  const outcome = await settleDeployment(request, error, engine);
  await releaseWatch(request, engine);
  return outcome;
}

/** Errors of the heartbeat function carry the name of the stop they ask for. */
function stopFor({ Error: name, Cause }: ExecutionError): Stop {
  const kind = name === 'HostAgentSilent' || name === 'DeadlineReached' ? name : 'LifecycleActionGone';
  return { kind, reason: messageIn(Cause ?? name) };
}
