import type { NamedEvent, TaskLimits } from '../history/task-events.ts';
import type { Integration } from '../integrations/integration.ts';
import type { Json } from '../language/json.ts';
import { StatesError } from '../language/states-error.ts';
import { abortOf } from './abort-of.ts';
import { startDeadlines } from './deadlines.ts';
import type { TokenWait } from './task-tokens.ts';
import type { Visit } from './visit.ts';

/** One attempt at a task: the call, the wait that may follow it, the deadlines, and the events that tell of them. */
export class TaskAttempt {
  readonly #visit: Visit;
  readonly #integration: Integration;
  /** For a task that waits until its token comes back. */
  readonly #wait: TokenWait | undefined;

  constructor(visit: Visit, integration: Integration, wait: TokenWait | undefined) {
    this.#visit = visit;
    this.#integration = integration;
    this.#wait = wait;
  }

  /** @throws StatesError of the service, of the worker with the token, or of a deadline */
  async run(parameters: Json, limits: TaskLimits): Promise<Json> {
    const { events, name } = this.#integration;
    this.#record(events.scheduled(parameters, limits));
    this.#record(events.started());
    try {
      const result = await this.#beforeDeadlines(parameters, limits);
      this.#visit.refuseTooLarge(result, name);
      this.#record(events.succeeded(result));
      return result;
    } catch (error) {
      if (error instanceof StatesError) this.#record(events.failed(error));
      throw error;
    }
  }

  async #beforeDeadlines(parameters: Json, limits: TaskLimits): Promise<Json> {
    const { signal, engine } = this.#visit.thread;
    const { clock } = engine.ground;
    // Waiting is hurried by a fast clock, work is not: a function that is merely called gets its seconds on the wall.
    const scale = this.#integration.pattern === 'requestResponse' ? clock.speed : 1;
    const deadlines = startDeadlines(clock, limits, scale);
    this.#wait?.onHeartbeat(deadlines.beat);
    const abort = abortOf(signal);
    const settled = new AbortController();
    try {
      // A quick worker may send its token back before the call that handed it out has been answered.
      const outcome = this.#wait ? [this.#wait.outcome] : [];
      return await Promise.race([this.#work(parameters, settled.signal), ...outcome, deadlines.expired, abort.aborted]);
    } finally {
      settled.abort();
      deadlines.stop();
      abort.release();
    }
  }

  async #work(parameters: Json, settled: AbortSignal): Promise<Json> {
    const integration = this.#integration;
    const { roleArn, stateMachine } = this.#visit.thread.execution.plan;
    const caller = { roleArn, sessionName: stateMachine.name };
    const answer = await integration.start({ parameters, ...caller });
    if (integration.pattern === 'requestResponse') return answer;
    if (!settled.aborted) this.#record(integration.events.submitted(answer));
    if (integration.pattern === 'sync') return integration.join(answer, settled, caller);
    return this.#wait?.outcome ?? answer;
  }

  #record([type, details]: NamedEvent): void {
    this.#visit.thread.record(type, details);
  }
}
