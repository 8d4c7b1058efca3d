import { intrinsicFunctions } from './functions.ts';
import { NO_VALUE, type Scope } from './scope.ts';

/**
 * A template value with every intrinsic function replaced by its result.
 * @throws Error naming the function, reference or attribute that cannot be resolved
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((entry) => resolve(entry, scope)).filter((entry) => entry !== NO_VALUE);
  if (typeof value !== 'object' || value === null) return value;
  const call = intrinsicCall(value);
  if (call) return evaluate(call, scope);
  const members = Object.entries(value).map(([name, member]) => [name, resolve(member, scope)] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== NO_VALUE));
}

/** `{"Fn::Join": […]}`, `{"Ref": "…"}` and, where a condition is expected, `{"Condition": "…"}`. */
export interface IntrinsicCall {
  readonly name: string;
  readonly argument: unknown;
}

export function intrinsicCall(value: object): IntrinsicCall | undefined {
  const [entry, ...others] = Object.entries(value) as [string, unknown][];
  if (!entry || others.length > 0) return undefined;
  const [name, argument] = entry;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

function evaluate({ name, argument }: IntrinsicCall, scope: Scope): unknown {
  const intrinsic = intrinsicFunctions[name];
  if (!intrinsic) throw new Error(`The rehearsal does not know the intrinsic function ${name}`);
  return intrinsic(argument, scope, (value) => resolve(value, scope));
}
