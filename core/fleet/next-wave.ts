import { isOver } from './budget.ts';
import { type FleetProgress, lettersOf } from './fleet-progress.ts';

/**
 * What follows the open wave. `running`: targets of it wait or are worked on. `monitor`: watch for so many seconds, then
 * open the wave. `done`: there is no other, or the deployment is ending.
 */
export type AfterWave =
  | { readonly kind: 'running' | 'done' }
  | { readonly kind: 'monitor'; readonly seconds: number; readonly nextWave: number };

/** Says what follows the open wave. */
export function afterWave(progress: FleetProgress): AfterWave {
  if (!isOver(lettersOf(progress, progress.openWave))) return { kind: 'running' };
  const nextWave = progress.openWave + 1;
  if (isOver(progress.targets) || nextWave >= progress.waves.length) return { kind: 'done' };
  return { kind: 'monitor', seconds: progress.waves[progress.openWave]?.monitorSeconds ?? 0, nextWave };
}

/**
 * Opens a wave once the one before it is over and was watched.
 * `unchanged` for a wave that is open already, and for one whose turn has not come.
 */
export function openWave(progress: FleetProgress, wave: number): FleetProgress | 'unchanged' {
  const next = afterWave(progress);
  if (next.kind !== 'monitor' || next.nextWave !== wave) return 'unchanged';
  return { ...progress, version: progress.version + 1, openWave: wave };
}
