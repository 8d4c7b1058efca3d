import type { LifecycleActions } from '../adapters/auto-scaling/lifecycle-actions.ts';
import type { StandbyGroups } from '../adapters/auto-scaling/standby-groups.ts';
import type { TaskTokens } from '../adapters/step-functions/task-tokens.ts';
import type { DeploymentGroups } from '../adapters/table/deployment-groups.ts';
import type { StandbyNotes } from '../adapters/table/standby-notes.ts';
import type { Targets } from '../adapters/table/targets.ts';
import type { Fleets } from '../adapters/table/fleet-places.ts';
import type { TargetSurroundings } from '../adapters/table/surroundings.ts';
import type { SharedActions } from '../adapters/table/shared-actions.ts';
import type { Hosts } from '../adapters/table/hosts.ts';
import type { Mailboxes } from '../adapters/table/mailboxes.ts';
import type { Launches } from './launch-guard/launches.ts';
import type { Rollouts } from '../adapters/table/rollouts.ts';
import type { Notifications } from './notifications.ts';
import type { Telemetry } from './telemetry.ts';

/** Everything outside that the engine's functions speak to; each takes the part it needs. */
export interface Engine {
  readonly surroundings: TargetSurroundings;
  readonly targets: Targets;
  readonly hosts: Hosts;
  readonly mailboxes: Mailboxes;
  readonly sharedActions: SharedActions;
  readonly fleets: Fleets;
  readonly standbyGroups: StandbyGroups;
  readonly standbyNotes: StandbyNotes;
  readonly rollouts: Rollouts;
  readonly deploymentGroups: DeploymentGroups;
  readonly launches: Launches;
  readonly lifecycleActions: LifecycleActions;
  readonly taskTokens: TaskTokens;
  readonly notifications: Notifications;
  readonly telemetry: Telemetry;
  /** Now, in milliseconds since the epoch. */
  readonly clock: () => number;
}
