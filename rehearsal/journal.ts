import { EventEmitter } from 'node:events';

/** What a rehearsal saw happen; stories, benchmarks and tests read it, nothing inside steers by it. */
export type Observation =
  /** An instance of an Auto Scaling group changed its lifecycle state; `Terminated`, of its warm pool `Warmed:Terminated`, is the last. */
  | { kind: 'instance'; instanceId: string; autoScalingGroupName: string; lifecycleState: string }
  /** A lifecycle action began or ended: how, and who or what ended it (`CompleteLifecycleAction`, `HeartbeatTimeout`, …). */
  | {
      kind: 'lifecycleAction';
      instanceId: string;
      autoScalingGroupName: string;
      lifecycleHookName: string;
      token: string;
      event: 'started' | 'heartbeat' | 'completed';
      result?: 'CONTINUE' | 'ABANDON';
      cause?: string;
    }
  /** A call reached the endpoint. `caller` is the principal's ARN; `error` the code when it failed. Units are DynamoDB's. */
  | {
      kind: 'call';
      service: string;
      operation: string;
      caller: string;
      error?: string;
      readUnits?: number;
      writeUnits?: number;
      wallMs: number;
    }
  /** A function ran. Durations are wall milliseconds: work does not run faster than it does. */
  | {
      kind: 'invocation';
      functionName: string;
      logicalId: string;
      requestId: string;
      memoryMb: number;
      durationMs: number;
      initMs?: number;
      error?: string;
    }
  /** A state machine entered a state: one billed transition. */
  | { kind: 'transition'; stateMachineName: string; executionArn: string; stateName: string }
  | { kind: 'execution'; stateMachineName: string; executionArn: string; status: string }
  /** A line that an instance wrote to its console (user data, agent, scripts' daemons). */
  | { kind: 'console'; instanceId: string; line: string }
  /** CloudFormation's progress on one resource. */
  | { kind: 'resource'; stackName: string; logicalId: string; type: string; status: string; reason?: string }
  /** Something that a person should know of: a function that could not start, a message nobody could take, … */
  | { kind: 'warning'; message: string };

/** An observation and the rehearsed time it was made, in milliseconds since the epoch. */
export type JournalEntry = Observation & { at: number };

/** Everything observed, in order, and whoever listens to it. */
export class Journal {
  readonly entries: JournalEntry[] = [];
  readonly #now: () => number;
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  constructor(now: () => number) {
    this.#now = now;
  }

  record(observation: Observation): void {
    const entry = { at: this.#now(), ...observation };
    this.entries.push(entry);
    this.#emitter.emit('entry', entry);
  }

  /** Calls `listener` with each entry from now on; the returned function ends it. */
  follow(listener: (entry: JournalEntry) => void): () => void {
    this.#emitter.on('entry', listener);
    return () => {
      this.#emitter.off('entry', listener);
    };
  }
}
