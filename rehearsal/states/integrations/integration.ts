import type { TaskEvents } from '../history/task-events.ts';
import type { Json } from '../language/json.ts';

/** One use of a service by a Task. */
export interface TaskCall {
  readonly parameters: Json;
  /** The state machine's role: services see it, not Step Functions. */
  readonly roleArn: string;
  readonly sessionName: string;
}

interface Startable {
  /** How messages name the task: the service, or the function's ARN. */
  readonly name: string;
  readonly events: TaskEvents;
  /** @throws StatesError in the service's words */
  start(call: TaskCall): Promise<Json>;
}

/** What the Resource of a Task stands for. */
export type Integration =
  | (Startable & { readonly pattern: 'requestResponse' | 'waitForTaskToken' })
  | (Startable & {
      readonly pattern: 'sync';
      /** Waits for the job that `start` began; its answer says which. Ends it too when `settled` aborts. */
      join(started: Json, settled: AbortSignal, caller: Omit<TaskCall, 'parameters'>): Promise<Json>;
    });

/** The services that Tasks can use. */
export interface TaskServices {
  /** Gets a resource ready that a definition names. @throws UnsupportedResource naming what is missing */
  prepare(resource: string): Promise<void>;
  /** What was prepared. */
  of(resource: string): Integration;
  close(): void;
}
