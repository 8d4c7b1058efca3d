import type { Outgoing, State } from '../language/definition.ts';
import { exceedsPayloadLimit, isObject, textOf } from '../language/json.ts';
import type { Json, JsonObject } from '../language/json.ts';
import { DATA_LIMIT_EXCEEDED, QUERY_EVALUATION_ERROR, StatesError } from '../language/states-error.ts';
import { EvaluationFault, evaluateTemplate } from '../language/template.ts';
import type { Template } from '../language/template.ts';
import { contextObject } from './context-object.ts';
import type { Thread } from './thread.ts';

/** What a state leaves behind: where to go, with what, remembering what. */
export interface Departure {
  /** Absent at the end of a list of states. */
  readonly next?: string;
  readonly output: Json;
  readonly assigned?: JsonObject;
}

/** Members of `$states` that exist only at some moments of a visit. */
interface StatesVariable {
  readonly result?: Json;
  readonly errorOutput?: Json;
}

/** One stay in one state. */
export class Visit {
  readonly state: State;
  readonly input: Json;
  readonly thread: Thread;
  readonly enteredAt: number;
  readonly enteredEventId: number;
  readonly #eventBeforeId: number;
  /** Variables as they were on entry; what the state assigns is seen by the next one. */
  readonly #variables: Readonly<Record<string, Json>>;
  retryCount = 0;
  taskToken: string | undefined;

  constructor(state: State, input: Json, thread: Thread, enteredEventId: number, eventBeforeId: number) {
    this.state = state;
    this.input = input;
    this.thread = thread;
    this.enteredAt = thread.engine.ground.clock.now();
    this.enteredEventId = enteredEventId;
    this.#eventBeforeId = eventBeforeId;
    this.#variables = thread.scope.variables();
  }

  /**
   * The value of a field of this state.
   * @throws StatesError `States.QueryEvaluationError`, after an EvaluationFailed event
   */
  async evaluate(
    template: Template,
    location: string,
    states: StatesVariable = {},
    item = this.thread.mapItem,
  ): Promise<Json> {
    if (template.kind === 'constant') return template.value;
    const bindings = {
      ...this.#variables,
      states: { input: this.input, context: contextObject(this, item), ...states },
    };
    try {
      return await evaluateTemplate(template, bindings, location);
    } catch (fault) {
      if (!(fault instanceof EvaluationFault)) throw fault;
      throw this.evaluationFailed(
        fault.location,
        `The JSONata expression '${fault.source ?? ''}' specified for the field '${fault.location}' ${fault.message}`,
      );
    }
  }

  /** As `evaluate`, for a field that takes values of one JSON type only. */
  async evaluateTo<Value extends Json>(
    type: 'number' | 'string' | 'boolean' | 'array',
    template: Template,
    location: string,
  ): Promise<Value> {
    const value = await this.evaluate(template, location);
    const actual = jsonType(value);
    if (actual === type) return value as Value;
    const source = template.kind === 'expression' ? template.expression.source : textOf(value);
    throw this.evaluationFailed(
      location,
      `The JSONata expression '${source}' specified for the field '${location}' returned an unexpected result type. Expected '${type}', but was '${actual}' for value: ${textOf(value)}`,
    );
  }

  /** Records that a field gave no usable value. */
  evaluationFailed(location: string, reason: string): StatesError {
    const cause = `An error occurred while executing the state '${this.state.name}' (entered at the event id #${this.enteredEventId}). ${reason}`;
    const details = { error: QUERY_EVALUATION_ERROR, cause, location, state: this.state.name };
    // AWS hangs a failure on entry beside the entry, not below it.
    if (this.thread.lastEventId === this.enteredEventId) this.thread.lastEventId = this.#eventBeforeId;
    this.thread.record('EvaluationFailed', details);
    return new StatesError(QUERY_EVALUATION_ERROR, cause);
  }

  /** Evaluates Output and Assign side by side: neither sees what the other makes. */
  async depart(
    outgoing: Outgoing,
    next: string | undefined,
    fallback: Json,
    states: StatesVariable = {},
  ): Promise<Departure> {
    const assigned = outgoing.assign ? await this.evaluate(outgoing.assign, 'Assign', states) : undefined;
    const output = outgoing.output ? await this.evaluate(outgoing.output, 'Output', states) : fallback;
    this.refuseTooLarge(output, this.state.name);
    if (assigned !== undefined) this.refuseTooLarge(assigned, this.state.name);
    return { output, ...(next !== undefined && { next }), ...(isObject(assigned) && { assigned }) };
  }

  /** @throws StatesError `States.DataLimitExceeded` */
  refuseTooLarge(value: Json, what: string): void {
    if (!exceedsPayloadLimit(value)) return;
    const cause = `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`;
    throw new StatesError(DATA_LIMIT_EXCEEDED, cause);
  }
}

function jsonType(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
