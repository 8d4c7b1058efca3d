import { count, firstOf, type FleetProgress, lettersOf, stateOf } from './fleet-progress.ts';

const DOWN = ['InProgress', 'Failed', 'Unreachable'] as const;

/** How many more targets may begin now: as many as both the fleet and the open wave can still bear down. */
export function room(progress: FleetProgress): number {
  if (progress.ending) return 0;
  const wave = progress.waves[progress.openWave];
  const inFleet = progress.mayBeDown - count(progress.targets, ...DOWN);
  const inWave = (wave?.mayBeDown ?? 0) - count(lettersOf(progress, progress.openWave), ...DOWN);
  return Math.max(0, Math.min(inFleet, inWave));
}

/** The targets to begin next, in order: those to wake among them that wait for their turn. */
export function nextTargets(progress: FleetProgress): readonly number[] {
  const first = firstOf(progress.waves, progress.openWave);
  return Array.from(lettersOf(progress, progress.openWave), (_, place) => first + place)
    .filter((target) => stateOf(progress, target) === 'Pending')
    .slice(0, room(progress));
}

/** Whether a target is of the wave whose turn it is. */
export function isInOpenWave({ waves, openWave }: FleetProgress, target: number): boolean {
  return target >= firstOf(waves, openWave) && target < firstOf(waves, openWave + 1);
}

/** Targets that nothing more will happen to by themselves: neither waiting nor worked on. */
export function isOver(targets: string): boolean {
  return count(targets, 'Pending', 'InProgress') === 0;
}
