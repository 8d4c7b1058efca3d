import type { Definition, State, StateList } from './definition.ts';
import { InvalidDefinition } from './diagnostics.ts';
import type { Diagnostic } from './diagnostics.ts';
import { Fields } from './fields.ts';
import { isObject, parseJson } from './json.ts';
import type { Json } from './json.ts';
import { parseState } from './parse-state.ts';
import { checkVariableScopes } from './variable-scopes.ts';

/**
 * Turns a definition in Amazon States Language into one that can run.
 * JSONata only: a JSONPath definition is refused by name, as it would run differently here.
 * @throws InvalidDefinition with everything that is wrong
 * @see https://states-language.net/spec.html
 */
export function parseDefinition(text: string): Definition {
  const problems: Diagnostic[] = [];
  const definition = parseMachine(new Fields(parseObject(text), '', problems));
  if (problems.length === 0) checkVariableScopes(definition, problems);
  if (problems.length > 0) throw new InvalidDefinition(problems);
  return definition;
}

function parseObject(text: string): { readonly [name: string]: Json } {
  let value: Json;
  try {
    value = parseJson(text);
  } catch (fault) {
    const { message } = fault as SyntaxError;
    throw new InvalidDefinition([{ severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message }]);
  }
  if (isObject(value)) return value;
  const message = 'Definition must be a valid JSON object';
  throw new InvalidDefinition([{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message }]);
}

function parseMachine(fields: Fields): Definition {
  const comment = fields.string('Comment');
  const language = fields.oneOf('QueryLanguage', ['JSONata', 'JSONPath'], 'JSONPath');
  const timeoutSeconds = fields.has('TimeoutSeconds') ? fields.number('TimeoutSeconds', 0) : undefined;
  fields.string('Version');
  const list = parseStateList(fields, language === 'JSONata');
  return {
    ...list,
    ...(comment !== undefined && { comment }),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
  };
}

/** States and where they start; `inheritsJsonata` says whether states without a QueryLanguage use JSONata. */
function parseStateList(fields: Fields, inheritsJsonata: boolean): StateList {
  fields.require('States', 'StartAt');
  const startAt = fields.string('StartAt') ?? '';
  const states = new Map<string, State>();
  const container = fields.object('States');
  for (const name of container?.names() ?? []) {
    const state = container?.object(name);
    if (state) addState(states, name, state, inheritsJsonata);
  }
  fields.refuseOthers();
  if (container) checkTransitions(states, startAt, fields);
  return { startAt, states };
}

function addState(states: Map<string, State>, name: string, fields: Fields, inheritsJsonata: boolean): void {
  const language = fields.oneOf('QueryLanguage', ['JSONata', 'JSONPath'], inheritsJsonata ? 'JSONata' : 'JSONPath');
  if (language === 'JSONPath') {
    fields.problem(
      inheritsJsonata
        ? `'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine`
        : `State '${name}' uses JSONPath, which the rehearsal does not play: set "QueryLanguage": "JSONata"`,
    );
    return;
  }
  if (name.length > 80) fields.problem(`State name '${name}' is longer than 80 characters`);
  const state = parseState(name, fields, (inner) => parseStateList(inner, true));
  if (state) states.set(name, state);
}

/** Every state that is named must exist, and every state that exists must be reachable. */
function checkTransitions(states: ReadonlyMap<string, State>, startAt: string, fields: Fields): void {
  const names = new Set(fields.object('States')?.names());
  const reached = new Set([startAt]);
  if (!names.has(startAt)) fields.problem(`MISSING_TRANSITION_TARGET: Missing 'Next' target: ${startAt}`, 'StartAt');
  for (const [name, state] of states) {
    for (const target of targetsOf(state)) {
      reached.add(target);
      if (!names.has(target))
        fields.problem(`MISSING_TRANSITION_TARGET: Missing 'Next' target: ${target}`, `States/${name}`);
    }
  }
  for (const name of states.keys()) {
    if (!reached.has(name))
      fields.problem(`MISSING_TRANSITION_TARGET: State "${name}" is not reachable.`, `States/${name}`);
  }
}

function targetsOf(state: State): string[] {
  const targets = [
    'next' in state ? state.next : undefined,
    state.type === 'Choice' ? state.default : undefined,
    ...(state.type === 'Choice' ? state.choices.map(({ next }) => next) : []),
    ...('catch' in state ? state.catch.map(({ next }) => next) : []),
  ];
  return targets.filter((target) => target !== undefined);
}
