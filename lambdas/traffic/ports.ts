import type { TargetGroups } from '../../adapters/load-balancing/target-groups.ts';
import type { Engine } from '../engine.ts';

/** What moving traffic needs of the outside. */
export interface Ports extends Pick<
  Engine,
  'targets' | 'hosts' | 'fleets' | 'standbyGroups' | 'standbyNotes' | 'telemetry' | 'clock'
> {
  readonly targetGroups: TargetGroups;
}
