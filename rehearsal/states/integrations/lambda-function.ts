import { isObject, parseJson } from '../language/json.ts';
import type { Json, JsonObject } from '../language/json.ts';
import { StatesError } from '../language/states-error.ts';

/**
 * Reads the output of Lambda's Invoke: the payload becomes JSON again.
 * @throws StatesError with the function's own error: `errorType` is its name, the payload its cause
 */
export function readInvocation(output: Json): JsonObject {
  if (!isObject(output)) return {};
  const { FunctionError: functionError, Payload: payload, ...rest } = output;
  const text = typeof payload === 'string' ? payload : '';
  if (functionError !== undefined) throw functionFault(text);
  return { ...rest, Payload: readPayload(text) };
}

function readPayload(text: string): Json {
  if (text === '') return {};
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function functionFault(text: string): StatesError {
  const payload = readPayload(text);
  const errorType = isObject(payload) ? payload['errorType'] : undefined;
  return new StatesError(typeof errorType === 'string' ? errorType : 'Lambda.Unknown', text);
}
