import { describeRequest, isLifecycleAction, type TargetRequest } from '../../core/target-request.ts';
import type { Engine } from '../engine.ts';
import { describeDeath, type ExecutionDeath } from '../execution-death.ts';
import { completeLifecycleAction } from '../orchestrator/steps/complete-lifecycle-action.ts';
import { settleAll } from '../orchestrator/steps/settle-all.ts';

/*
 * What EventBridge tells of an execution that did not succeed (`source` aws.states):
 *
 *   {"detail-type":"Step Functions Execution Status Change","detail":{"executionArn":"arn:aws:states:…:launch-i-0abc-<token>",
 *    "stateMachineArn":"…","name":"launch-i-0abc-<token>","status":"ABORTED","startDate":1777886102417,"stopDate":1777886199000,
 *    "input":"{\"type\":\"launch\",…}","inputDetails":{"included":true},"error":"…","cause":"…"}}
 */
export interface DeadExecution {
  readonly detail: ExecutionDeath;
}

/**
 * Settles what an execution left open when it died outside of its own handling: nobody else would complete the action,
 * and Auto Scaling would hold the instance until the hook times out. A deployment in place has a record to settle, and
 * a leg that must leave the mailbox.
 */
export async function settleDeadExecution({ detail }: DeadExecution, engine: Engine): Promise<void> {
  const request = requestIn(detail.input);
  if (!request) {
    engine.telemetry.warn('an execution that deploys nothing died', { status: detail.status });
    return;
  }
  engine.telemetry.count('ExecutionsDied');
  engine.telemetry.warn('execution died', { ...describeRequest(request), status: detail.status });
  const outcome = await settleAll(request, { error: describeDeath(detail) }, engine);
  if (isLifecycleAction(request)) await completeLifecycleAction(request, outcome, engine);
}

/** The execution's input; one that somebody started by hand may have any. */
function requestIn(input: string | null | undefined): TargetRequest | undefined {
  const parsed: unknown = input ? JSON.parse(input) : undefined;
  if (typeof parsed !== 'object' || parsed === null || !('instanceId' in parsed)) return undefined;
  return 'lifecycleActionToken' in parsed || 'deploymentId' in parsed ? (parsed as TargetRequest) : undefined;
}
