import type { Diagnostic } from './diagnostics.ts';
import { expressionIn } from './expression.ts';
import { isObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { compileTemplate } from './template.ts';
import type { Template } from './template.ts';

/**
 * Reads one object of a definition field by field. It notes what is wrong instead of throwing, so that an author
 * sees everything at once; and whatever nobody asked for is an error too, because a misspelt field is a silent one.
 */
export class Fields {
  readonly location: string;
  readonly #object: JsonObject;
  readonly #problems: Diagnostic[];
  readonly #asked = new Set(['Comment']);

  constructor(object: JsonObject, location: string, problems: Diagnostic[]) {
    this.#object = object;
    this.location = location;
    this.#problems = problems;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#object, name);
  }

  /** The field as it stands. */
  raw(name: string): Json | undefined {
    this.#asked.add(name);
    return this.#object[name];
  }

  require(...names: string[]): void {
    const missing = names.filter((name) => !this.has(name));
    if (missing.length > 0) this.problem(`These fields are required: [${missing.join(', ')}]`);
  }

  string(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    this.problem('Expected value of type String', name);
    return undefined;
  }

  number(name: string, fallback: number): number {
    const value = this.raw(name);
    if (value === undefined) return fallback;
    if (typeof value === 'number') return value;
    this.problem('Expected value of type Number', name);
    return fallback;
  }

  oneOf<Value extends string>(name: string, values: readonly Value[], fallback: Value): Value {
    const value = this.raw(name) ?? fallback;
    const known = values.find((candidate) => candidate === value);
    if (known === undefined) {
      this.problem(`The field '${name}' should have one of these values: [${values.join(', ')}]`, name);
    }
    return known ?? fallback;
  }

  /** Any JSON in which strings may be expressions. */
  template(name: string): Template | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    try {
      return compileTemplate(value);
    } catch (fault) {
      this.problem(`Invalid JSONata expression: ${(fault as Error).message}`, name);
      return undefined;
    }
  }

  /** A value of one JSON type, or an expression that will give it. */
  templateOf(type: 'number' | 'string' | 'boolean' | 'array', name: string): Template | undefined {
    const value = this.raw(name);
    const fits = (Array.isArray(value) ? 'array' : typeof value) === type;
    if (value !== undefined && !fits && !(typeof value === 'string' && expressionIn(value) !== undefined)) {
      this.problem(`Expected value of type ${type} or a JSONata expression`, name);
      return undefined;
    }
    return this.template(name);
  }

  object(name: string): Fields | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (isObject(value)) return new Fields(value, `${this.location}/${name}`, this.#problems);
    this.problem('Expected value of type Object', name);
    return undefined;
  }

  objects(name: string): readonly Fields[] {
    const value = this.raw(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.problem('Expected value of type Array', name);
      return [];
    }
    return (value as readonly Json[]).flatMap((item, index) => {
      if (isObject(item)) return [new Fields(item, `${this.location}/${name}[${index}]`, this.#problems)];
      this.problem('Expected value of type Object', `${name}[${index}]`);
      return [];
    });
  }

  names(): readonly string[] {
    return Object.keys(this.#object);
  }

  problem(message: string, field?: string): void {
    const location = field === undefined ? this.location || '/' : `${this.location}/${field}`;
    this.#problems.push({ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message, location });
  }

  /** Call last: notes the fields that nothing asked for. */
  refuseOthers(): void {
    for (const name of this.names()) {
      if (!this.#asked.has(name)) this.problem(`Field '${name}' is not supported`, name);
    }
  }
}
