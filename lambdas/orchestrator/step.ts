import type { LifecycleAction } from '../../core/lifecycle-action.ts';
import { type ExecutionError, messageIn } from '../../core/settlement.ts';
import type { ExecutionOutcome } from '../../core/shared-action.ts';
import type { Stop, TargetOutcome } from '../../core/target.ts';
import type { InPlaceRequest, TargetRequest } from '../../core/target-request.ts';
import type { Engine } from '../engine.ts';
import { completeLifecycleAction } from './steps/complete-lifecycle-action.ts';
import { goOnToNext, openFirstDeployment } from './steps/open-next-deployment.ts';
import { releaseWatch } from './steps/release-watch.ts';
import { runEvents, type RunEventsRequest } from './steps/run-events.ts';
import { type EndOfWork, settleAll } from './steps/settle-all.ts';
import { settleDeployment } from './steps/settle-deployment.ts';
import { stopAll } from './steps/stop-all.ts';

/** What the state machine asks for: see `lib/machines/instance-deployment.ts`. */
export type StepRequest =
  | { readonly step: 'openDeployment'; readonly request: TargetRequest }
  | ({ readonly step: 'runEvents' } & RunEventsRequest)
  /** Where several deployments share a lifecycle action: one has gone well, the next is to begin. */
  | { readonly step: 'goOnToNext'; readonly request: LifecycleAction; readonly deploymentId: string }
  | ({ readonly step: 'settleDeployment'; readonly request: TargetRequest } & GivenEndOfWork)
  | { readonly step: 'settleAndRelease'; readonly request: InPlaceRequest; readonly error: ExecutionError | null }
  | { readonly step: 'completeLifecycleAction'; readonly request: LifecycleAction; readonly outcome: ExecutionOutcome }
  | { readonly step: 'stopTheWork'; readonly request: TargetRequest; readonly error: ExecutionError };

/** What a state knows of the end of the work; it says null where it knows nothing. */
interface GivenEndOfWork {
  readonly error: ExecutionError | null;
  readonly deploymentId?: string | null;
}

/** Carries out one step. Each may be repeated at any point without harm. */
export function carryOut(step: StepRequest, engine: Engine): Promise<unknown> {
  switch (step.step) {
    case 'openDeployment':
      return openFirstDeployment(step.request, engine);
    case 'runEvents':
      return runEvents(step, engine);
    case 'goOnToNext':
      return goOnToNext(step.request, step.deploymentId, engine);
    case 'settleDeployment':
      return settleAll(step.request, endOfWork(step), engine);
    case 'settleAndRelease':
      return settleAndRelease(step.request, step.error ?? undefined, engine);
    case 'completeLifecycleAction':
      return completeLifecycleAction(step.request, step.outcome, engine);
    case 'stopTheWork':
      return stopAll(step.request, stopFor(step.error), engine);
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

function endOfWork({ error, deploymentId }: GivenEndOfWork): EndOfWork {
  return { error: error ?? undefined, deploymentId: deploymentId ?? undefined };
}

/** Errors of the heartbeat function carry the name of the stop they ask for. */
function stopFor({ Error: name, Cause }: ExecutionError): Stop {
  const kind = name === 'HostAgentSilent' || name === 'DeadlineReached' ? name : 'LifecycleActionGone';
  return { kind, reason: messageIn(Cause ?? name) };
}
