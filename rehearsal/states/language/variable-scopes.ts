import type { Outgoing, State, StateList } from './definition.ts';
import type { Diagnostic } from './diagnostics.ts';

/**
 * Branches and Map processors read the variables around them but may not set one of the same name:
 * the outer value would seem to change and then come back.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export function checkVariableScopes(
  list: StateList,
  problems: Diagnostic[],
  outer: ReadonlySet<string> = new Set(),
): void {
  const states = [...list.states.values()];
  const own = new Set(states.flatMap(assignedNames));
  for (const name of own) {
    if (outer.has(name)) problems.push(taken(name));
  }
  for (const state of states) {
    // The children of a distributed Map are executions of their own, with variables of their own.
    const visible =
      state.type === 'Map' && state.mode === 'DISTRIBUTED' ? new Set<string>() : new Set([...outer, ...own]);
    for (const inner of innerLists(state)) checkVariableScopes(inner, problems, visible);
  }
}

function innerLists(state: State): readonly StateList[] {
  if (state.type === 'Parallel') return state.branches;
  return state.type === 'Map' ? [state.processor] : [];
}

function assignedNames(state: State): string[] {
  if (state.type === 'Fail') return [];
  const places: readonly Outgoing[] = [
    state,
    ...(state.type === 'Choice' ? state.choices : []),
    ...('catch' in state ? state.catch : []),
  ];
  return places.flatMap(({ assign }) => {
    if (assign?.kind === 'object') return assign.members.map(([name]) => name);
    return assign?.kind === 'constant' ? Object.keys(assign.value as object) : [];
  });
}

function taken(name: string): Diagnostic {
  const message = `Variable '${name}' is assigned in an outer scope and cannot be assigned again inside it`;
  return { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message };
}
