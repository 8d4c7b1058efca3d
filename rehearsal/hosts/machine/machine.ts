import type { Clock } from '../../clock.ts';
import type { Journal } from '../../journal.ts';
import type { Disk } from '../disks/disk.ts';
import type { Environment } from './environment.ts';
import type { MachineImage } from './machine-image.ts';
import type { Program } from './program.ts';

/** What a program on a machine runs on, and where its traces go. */
export interface Machine {
  readonly instanceId: string;
  readonly disk: Disk;
  readonly image: MachineImage;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly journal: Journal;
  /** Programs whose output is still listened to. */
  readonly programs: Set<Program>;
}
