import type { EventDetails } from '../history/history-event.ts';
import type { StateList } from '../language/definition.ts';
import type { Json } from '../language/json.ts';
import { Aborted } from './execution.ts';
import type { Engine } from './engine.ts';
import type { Execution } from './execution.ts';
import { Scope } from './scope.ts';

/** The item that a Map's iteration works on, as `$states.context.Map.Item` shows it. */
export interface MapItem {
  readonly index: number;
  readonly value: Json;
}

/** Runs a list of states on a thread, to its output; what Parallel and Map are given to run theirs. */
export type RunStates = (list: StateList, input: Json, thread: Thread) => Promise<Json>;

/** A state that was entered and not yet left. */
interface OpenState {
  readonly type: string;
}

const TYPES_WITH_ABORTED_EVENT = ['Task', 'Wait', 'Parallel', 'Map'];

/** One line of control: the execution's own, a branch of a Parallel, an iteration of a Map. */
export class Thread {
  readonly engine: Engine;
  readonly execution: Execution;
  readonly signal: AbortSignal;
  readonly scope: Scope;
  readonly mapItem: MapItem | undefined;
  /** Set on the thread of a Map's iteration: how its events name it. */
  readonly iteration: EventDetails | undefined;
  /** The event that the next one follows; 0 before the first, as AWS has it. */
  lastEventId: number;
  open: OpenState | undefined;
  readonly children = new Set<Thread>();

  constructor(
    engine: Engine,
    execution: Execution,
    options: Partial<Pick<Thread, 'signal' | 'scope' | 'mapItem' | 'iteration' | 'lastEventId'>> = {},
  ) {
    this.engine = engine;
    this.execution = execution;
    this.signal = options.signal ?? execution.signal;
    this.scope = options.scope ?? new Scope();
    this.mapItem = options.mapItem;
    this.iteration = options.iteration;
    this.lastEventId = options.lastEventId ?? 0;
  }

  /** Adds an event after this thread's last one. @throws Aborted when this thread must not go on */
  record(type: string, details?: EventDetails): number {
    this.lastEventId = this.recordAside(type, details);
    return this.lastEventId;
  }

  /** Adds an event that the next one does not follow. */
  recordAside(type: string, details?: EventDetails, previousEventId = this.lastEventId): number {
    if (this.signal.aborted) throw new Aborted();
    return this.execution.record(type, previousEventId, details);
  }

  /** Notes, for whatever is open in threads below, that it was abandoned when one of them failed. */
  abandonChildren(failed: Thread): void {
    const after = failed.lastEventId;
    for (const child of this.children) {
      if (child.iteration && child !== failed) this.recordAside('MapIterationAborted', child.iteration, after);
      child.abandonChildren(failed);
      if (child.open && TYPES_WITH_ABORTED_EVENT.includes(child.open.type)) {
        this.recordAside(`${child.open.type}StateAborted`, undefined, after);
      }
    }
    this.children.clear();
  }
}
