import type { Revision } from '../revision.ts';
import type { Target } from '../target.ts';
import type { FailedLaunch } from './launch-guard.ts';

/** Enough to see what a script stumbled over; the target's own record has more. */
const LONGEST_TAIL = 1_000;

/**
 * A settled launch as its revision's guard sees it: it failed on the host, or succeeded. Undefined for what says nothing
 * of the revision: work that was cut short from outside, or that the engine itself failed at.
 */
export function launchResult(
  target: Pick<
    Target,
    'request' | 'revision' | 'status' | 'stop' | 'lifecycleEvents' | 'settlement' | 'settledAt' | 'openedAt'
  > &
    Pick<Target, 'deploymentId' | 'instanceId'>,
): { readonly revision: Revision; readonly failure?: FailedLaunch } | undefined {
  const { request, revision, status, stop, lifecycleEvents, settlement } = target;
  if (request.type !== 'launch' || !revision || !settlement) return undefined;
  if (status === 'Succeeded') return { revision };
  const failed = lifecycleEvents.findLast((event) => event.status === 'Failed');
  const isOfTheHost = stop?.kind === 'HostAgentSilent' || stop?.kind === 'DeadlineReached' || failed !== undefined;
  if (status !== 'Failed' || !isOfTheHost) return undefined;
  const { scriptName = '', logTail = '' } = failed?.diagnostics ?? {};
  return {
    revision,
    failure: {
      deploymentId: target.deploymentId,
      instanceId: target.instanceId,
      at: target.settledAt ?? target.openedAt,
      reason: settlement.reason,
      ...(scriptName !== '' && { scriptName }),
      ...(logTail !== '' && { logTail: logTail.slice(-LONGEST_TAIL) }),
    },
  };
}
