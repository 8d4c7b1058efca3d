import type { IntrinsicFunction } from './functions.ts';
import type { Scope } from './scope.ts';

type Resolve = (value: unknown) => unknown;

/** Functions of the Conditions section, and `Fn::If`, which chooses by them. */
export const conditionFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  'Fn::Equals': (argument, _scope, resolve) => {
    const [left, right] = (argument as unknown[]).map(resolve);
    return String(left) === String(right);
  },
  'Fn::Not': (argument, scope, resolve) => !holds((argument as unknown[])[0], scope, resolve),
  'Fn::And': (argument, scope, resolve) => (argument as unknown[]).every((part) => holds(part, scope, resolve)),
  'Fn::Or': (argument, scope, resolve) => (argument as unknown[]).some((part) => holds(part, scope, resolve)),
  'Fn::If': (argument, scope, resolve) => {
    const [name, then, otherwise] = argument as [string, unknown, unknown];
    return resolve(scope.condition(name) ? then : otherwise);
  },
};

/** A condition by name, `{"Condition": "IsProduction"}`, or spelled out. */
function holds(condition: unknown, scope: Scope, resolve: Resolve): boolean {
  const named = (condition as { Condition?: unknown }).Condition;
  return typeof named === 'string' ? scope.condition(named) : resolve(condition) === true;
}
