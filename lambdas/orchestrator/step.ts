import type { DeploymentOutcome, Stop } from '../../core/deployment.ts';
import { deploymentIdFor } from '../../core/identifiers.ts';
import type { LifecycleAction } from '../../core/lifecycle-action.ts';
import { type ExecutionError, messageIn } from '../../core/settlement.ts';
import type { Engine } from '../engine.ts';
import { completeLifecycleAction } from './steps/complete-lifecycle-action.ts';
import { openDeployment } from './steps/open-deployment.ts';
import { runEvents, type RunEventsRequest } from './steps/run-events.ts';
import { settleDeployment } from './steps/settle-deployment.ts';
import { stopTheWork } from './steps/stop-the-work.ts';

/** What the state machine asks for: see `lib/machines/instance-deployment.ts`. */
export type StepRequest =
  | { readonly step: 'openDeployment'; readonly action: LifecycleAction }
  | ({ readonly step: 'runEvents' } & RunEventsRequest)
  | { readonly step: 'settleDeployment'; readonly action: LifecycleAction; readonly error: ExecutionError | null }
  | { readonly step: 'completeLifecycleAction'; readonly action: LifecycleAction; readonly outcome: DeploymentOutcome }
  | { readonly step: 'stopTheWork'; readonly action: LifecycleAction; readonly error: ExecutionError };

/** Carries out one step. Each may be repeated at any point without harm. */
export function carryOut(request: StepRequest, engine: Engine): Promise<unknown> {
  const { action } = request;
  switch (request.step) {
    case 'openDeployment':
      return openDeployment(action, engine);
    case 'runEvents':
      return runEvents(request, engine);
    case 'settleDeployment':
      return settleDeployment(action, request.error ?? undefined, engine);
    case 'completeLifecycleAction':
      return completeLifecycleAction(action, request.outcome, engine);
    case 'stopTheWork':
      return stopTheWork(
        deploymentIdFor(action.lifecycleActionToken),
        action.instanceId,
        stopFor(request.error),
        engine,
      );
  }
}

/** Errors of the heartbeat function carry the name of the stop they ask for. */
function stopFor({ Error: name, Cause }: ExecutionError): Stop {
  const kind = name === 'HostAgentSilent' ? 'HostAgentSilent' : 'LifecycleActionGone';
  return { kind, reason: messageIn(Cause ?? name) };
}
