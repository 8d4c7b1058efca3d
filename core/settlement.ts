import type { SettledStatus, Settlement, Stop } from './target.ts';
import type { LifecycleEvent } from './lifecycle-event.ts';
import type { LegOutcome } from './mailbox/leg.ts';
import { isLifecycleAction, resultWithoutSuccess, type TargetRequest } from './target-request.ts';

/** What broke an execution from outside of the host's work, as Step Functions names it. */
export interface ExecutionError {
  readonly Error: string;
  readonly Cause?: string;
}

/** How a deployment that was cut short is known, and whether its action can still be completed. */
const STOPPED: Readonly<Record<Stop['kind'], { readonly status: SettledStatus; readonly actionIsOpen: boolean }>> = {
  LifecycleActionGone: { status: 'Stopped', actionIsOpen: false },
  Superseded: { status: 'Stopped', actionIsOpen: true },
  HostGone: { status: 'Stopped', actionIsOpen: true },
  HostAgentSilent: { status: 'Failed', actionIsOpen: true },
  DeadlineReached: { status: 'Failed', actionIsOpen: true },
  DeploymentStopped: { status: 'Stopped', actionIsOpen: true },
};

/** What is known of a deployment when its work is over. */
export interface Work {
  readonly stop?: Stop | undefined;
  readonly error?: ExecutionError | undefined;
  /** How the last leg ended; undefined when it did not. */
  readonly legOutcome?: LegOutcome | undefined;
  readonly lifecycleEvents: readonly LifecycleEvent[];
}

/**
 * The verdict on a deployment whose work is over. A launch continues on success alone; a termination always does.
 * The first cause wins: a stop explains the error that follows it, an error the events that are missing.
 */
export function decideSettlement(request: TargetRequest, work: Work): Settlement {
  if (work.stop) {
    const { status, actionIsOpen } = STOPPED[work.stop.kind];
    return {
      status,
      lifecycleActionResult: actionIsOpen ? resultWithoutSuccess(request) : null,
      reason: work.stop.reason,
    };
  }
  if (work.error) return failed(request, describeError(work.error));
  if (work.legOutcome === 'Succeeded') {
    const lifecycleActionResult = isLifecycleAction(request) ? 'CONTINUE' : null;
    return { status: 'Succeeded', lifecycleActionResult, reason: 'Every lifecycle event succeeded' };
  }
  if (work.legOutcome === 'Stopped') {
    const reason = 'The deployment was stopped: no lifecycle event began any more';
    return { status: 'Stopped', lifecycleActionResult: resultWithoutSuccess(request), reason };
  }
  return failed(request, describeFailure(work.lifecycleEvents));
}

function failed(request: TargetRequest, reason: string): Settlement {
  return { status: 'Failed', lifecycleActionResult: resultWithoutSuccess(request), reason };
}

/** The last failure is the one that ended the work: an earlier one was tolerated. */
function describeFailure(lifecycleEvents: readonly LifecycleEvent[]): string {
  const failure = lifecycleEvents.findLast(({ status }) => status === 'Failed');
  if (!failure) return 'The work ended before all lifecycle events had run';
  const message = failure.diagnostics?.message ?? '';
  return message === '' ? `${failure.lifecycleEventName} failed` : `${failure.lifecycleEventName} failed: ${message}`;
}

const LONGEST_CAUSE = 300;

/** Ends that are nobody's fault need no name of an error. */
const EXPLAINED: Readonly<Record<string, string>> = {
  'States.Timeout': 'The host did not finish its lifecycle events in time',
  ExecutionAborted: 'The execution was aborted from outside',
  ExecutionTimedOut: 'The execution reached its time limit',
};

function describeError({ Error: name, Cause }: ExecutionError): string {
  const explained = EXPLAINED[name];
  if (explained !== undefined) return explained;
  const cause = messageIn(Cause ?? '').slice(0, LONGEST_CAUSE);
  if (name === 'HostIsBusy') return cause; // a reason in itself: the engine waited for its turn, in vain
  return cause === '' ? `The engine failed: ${name}` : `The engine failed: ${name}: ${cause}`;
}

/**
 * The message in the cause of a failed function, which is
 * `{"errorType":"LifecycleActionGone","errorMessage":"…","trace":["…"]}`; any other cause as it is.
 */
export function messageIn(cause: string): string {
  try {
    const parsed: unknown = JSON.parse(cause);
    if (typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed) return String(parsed.errorMessage);
  } catch {
    // not a function's error
  }
  return cause;
}
