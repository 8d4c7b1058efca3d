import { isOver } from './budget.ts';
import type { Ending } from './ending.ts';
import type { ErrorInformation, FleetSettlement } from './error-code.ts';
import { count, type FleetProgress } from './fleet-progress.ts';

/**
 * How a fleet deployment ended: `Succeeded` when at least one target did and as many as must be healthy were never
 * touched by a failure. Without hosts that left, that is CodeDeploy's "as many succeeded as the minimum, but at least
 * one": with N targets of which M must be healthy, at most N - M failed.
 * @returns undefined while targets wait or are in progress
 */
export function verdictOf(progress: FleetProgress): FleetSettlement | undefined {
  const { targets, mayBeDown, ending } = progress;
  if (!isOver(targets)) return undefined;
  if (ending?.kind === 'CutShort') return { status: ending.status, errorInformation: ending.errorInformation };
  const failed = count(targets, 'Failed', 'Unreachable');
  if (!ending && failed <= mayBeDown && count(targets, 'Succeeded') > 0) return { status: 'Succeeded' };
  return { status: 'Failed', errorInformation: healthConstraints(progress, ending) };
}

/** Where no agent ever came for its work, the agents are the trouble and not the revision. */
function healthConstraints({ targets, mayBeDown }: FleetProgress, ending: Ending | undefined): ErrorInformation {
  const unreachable = count(targets, 'Unreachable');
  if (unreachable > 0 && count(targets, 'Succeeded', 'Failed') === 0) {
    return {
      code: 'AGENT_ISSUE',
      message: `No host agent came for its work (${unreachable} of ${targets.length} targets were tried): see that it runs on the hosts`,
    };
  }
  const outcome = [
    `${count(targets, 'Failed', 'Unreachable')} of ${targets.length} targets failed`,
    `${count(targets, 'Succeeded')} succeeded`,
    ...aside(count(targets, 'GoneBefore', 'GoneDuring'), 'left the fleet'),
    ...aside(count(targets, 'Skipped'), 'were skipped'),
  ].join(', ');
  return { code: 'HEALTH_CONSTRAINTS', message: `${reason(ending, mayBeDown)}: ${outcome}` };
}

function reason(ending: Ending | undefined, mayBeDown: number): string {
  switch (ending?.kind) {
    case 'TooManyFailed':
      return ending.zone === undefined
        ? `Too few targets are healthy to go on, as ${mayBeDown} may be down`
        : `Too few targets are healthy in ${ending.zone} to go on`;
    case 'TooManyGone':
      return 'Too many hosts left while they were deployed to';
    default:
      return 'No target took the revision';
  }
}

function aside(targets: number, what: string): readonly string[] {
  return targets === 0 ? [] : [`${targets} ${what}`];
}
