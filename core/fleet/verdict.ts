import type { Ending } from './ending.ts';
import type { ErrorInformation, FleetSettlement } from './error-code.ts';
import type { TargetState } from './target-state.ts';

/** The states that the targets of a deployment end in. */
export type EndState = Exclude<TargetState, 'Pending' | 'InProgress'>;

/**
 * How a fleet deployment ended: `Succeeded` when at least one target did and as many as must be healthy were never
 * touched by a failure. Without hosts that left, that is CodeDeploy's "as many succeeded as the minimum, but at least
 * one": with N targets of which M must be healthy, at most N - M failed.
 * @param mayBeDown N - M
 * @param ending why no further target began before all had, if that was so
 */
export function verdictOf(states: readonly EndState[], mayBeDown: number, ending: Ending | undefined): FleetSettlement {
  if (ending?.kind === 'CutShort') return { status: ending.status, errorInformation: ending.errorInformation };
  const failed = count(states, 'Failed', 'Unreachable');
  if (!ending && failed <= mayBeDown && count(states, 'Succeeded') > 0) return { status: 'Succeeded' };
  return { status: 'Failed', errorInformation: healthConstraints(states, mayBeDown, ending) };
}

/** Where no agent ever came for its work, the agents are the trouble and not the revision. */
function healthConstraints(
  states: readonly EndState[],
  mayBeDown: number,
  ending: Ending | undefined,
): ErrorInformation {
  const unreachable = count(states, 'Unreachable');
  if (unreachable > 0 && count(states, 'Succeeded', 'Failed') === 0) {
    return {
      code: 'AGENT_ISSUE',
      message: `No host agent came for its work (${unreachable} of ${states.length} targets were tried): see that it runs on the hosts`,
    };
  }
  const outcome = [
    `${count(states, 'Failed', 'Unreachable')} of ${states.length} targets failed`,
    `${count(states, 'Succeeded')} succeeded`,
    ...aside(count(states, 'GoneBefore', 'GoneDuring'), 'left the fleet'),
    ...aside(count(states, 'Skipped'), 'were skipped'),
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

function count(states: readonly EndState[], ...wanted: readonly EndState[]): number {
  return states.filter((state) => wanted.includes(state)).length;
}
