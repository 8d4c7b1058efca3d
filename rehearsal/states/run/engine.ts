import type { TaskServices } from '../integrations/integration.ts';
import type { Json } from '../language/json.ts';
import type { Ground } from '../../part.ts';
import type { RoleLeave } from '../role-leave.ts';
import type { Execution } from './execution.ts';
import type { MapRun } from './map-run.ts';
import type { TaskTokens } from './task-tokens.ts';

/** What running states need of the world around them. */
export interface Engine {
  readonly ground: Ground;
  readonly tokens: TaskTokens;
  readonly integrations: TaskServices;
  readonly leave: RoleLeave;
  /** Starts one child of a distributed Map. */
  startChild(parent: Execution, mapRun: MapRun, input: Json): Execution;
  registerMapRun(mapRun: MapRun): void;
}
