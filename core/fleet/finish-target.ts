import type { Ending } from './ending.ts';
import { count, type FleetProgress, lettersOf, stateOf, withRestSkipped, withState } from './fleet-progress.ts';
import type { TargetState } from './target-state.ts';

/**
 * How the work on a target ended. `Unreachable`: its agent never came for it. `Gone`: its host left the fleet, which is
 * no failure of the deployment.
 */
export type TargetEnd = 'Succeeded' | 'Failed' | 'Unreachable' | 'Gone';

/**
 * Takes what became of a target, and ends the deployment early when others still wait that may not begin any more.
 * The first word on a target stands: `unchanged` for one that comes twice, or late. A target that has not begun can
 * only be gone.
 * @throws RangeError for a number that no target has
 */
export function finishTarget(progress: FleetProgress, target: number, outcome: TargetEnd): FleetProgress | 'unchanged' {
  const state = stateAfter(stateOf(progress, target), outcome);
  if (state === undefined) return 'unchanged';
  const targets = withState(progress.targets, target, state);
  return endedEarly({ ...progress, version: progress.version + 1, targets });
}

function stateAfter(before: TargetState, outcome: TargetEnd): TargetState | undefined {
  if (before === 'InProgress') return outcome === 'Gone' ? 'GoneDuring' : outcome;
  return before === 'Pending' && outcome === 'Gone' ? 'GoneBefore' : undefined;
}

function endedEarly(progress: FleetProgress): FleetProgress {
  const ending = progress.ending ?? earlyEnding(progress);
  return ending ? { ...progress, ending, targets: withRestSkipped(progress.targets) } : progress;
}

/** Failures cost nothing once nobody waits any more: that is why the last target of a fleet may fail. */
function earlyEnding(progress: FleetProgress): Ending | undefined {
  const { targets, mayBeDown, waves, openWave } = progress;
  if (count(targets, 'Pending') === 0) return undefined;
  if (failedIn(targets) >= mayBeDown) return { kind: 'TooManyFailed' };

  const wave = waves[openWave];
  const ofWave = lettersOf(progress, openWave);
  if (wave && count(ofWave, 'Pending') > 0 && failedIn(ofWave) >= wave.mayBeDown) {
    return { kind: 'TooManyFailed', ...(wave.zone !== undefined && { zone: wave.zone }) };
  }
  // A revision that its own health check throws out would else be let loose on host after host.
  const tolerable = Math.max(mayBeDown, count(targets, 'Succeeded'));
  return count(targets, 'GoneDuring') > tolerable ? { kind: 'TooManyGone' } : undefined;
}

function failedIn(targets: string): number {
  return count(targets, 'Failed', 'Unreachable');
}
