import jsonata from 'jsonata';
import { addStatesFunctions } from './functions.ts';
import type { Json } from './json.ts';

/** What an expression can name: `$states` and the variables in scope. */
export type Bindings = Readonly<Record<string, unknown>>;

/** A JSONata expression, parsed once when the definition is accepted. */
export interface Expression {
  /** Text between `{%` and `%}`. */
  readonly source: string;
  /** @throws ExpressionFault */
  evaluate(bindings: Bindings): Promise<Json>;
}

/** Why an expression gave no value; the state that holds it knows how to tell it. */
class ExpressionFault extends Error {}

/** The expression in `{% … %}`, or undefined when the string is a plain one. */
export function expressionIn(text: string): string | undefined {
  return text.startsWith('{%') && text.endsWith('%}') ? text.slice(2, -2).trim() : undefined;
}

/** @throws SyntaxError when JSONata cannot parse the source */
export function compileExpression(source: string): Expression {
  let compiled: jsonata.Expression;
  try {
    compiled = jsonata(source);
  } catch (fault) {
    throw new SyntaxError(describe(fault));
  }
  addStatesFunctions(compiled);
  return { source, evaluate: (bindings) => evaluate(compiled, source, bindings) };
}

async function evaluate(compiled: jsonata.Expression, source: string, bindings: Bindings): Promise<Json> {
  let value: unknown;
  try {
    // There is no document to query: everything is reached through $states and variables.
    value = await compiled.evaluate(undefined, bindings);
  } catch (fault) {
    throw new ExpressionFault(`threw an error during evaluation. ${describe(fault)}`, { cause: source });
  }
  if (value === undefined) throw new ExpressionFault('returned nothing (undefined).');
  if (!isJson(value)) throw new ExpressionFault('returned an unsupported result type.');
  return value;
}

/** JSONata's functions are values too, but none that a state could pass on. */
function isJson(value: unknown): value is Json {
  if (typeof value === 'function') return false;
  return typeof value !== 'object' || value === null || !('_jsonata_lambda' in value || '_jsonata_function' in value);
}

function describe(fault: unknown): string {
  const { code, message } = fault as { code?: string; message?: string };
  return [code, message ?? String(fault)].filter((part) => part !== undefined).join(': ');
}
