import type { IntrinsicFunction } from './functions.ts';

/** `${Name}`, `${Resource.Attribute}`, `${AWS::Region}`; `${!Literal}` stays as `${Literal}`. */
const VARIABLE = /\$\{(!?)([^}]+)\}/g;

/** `Fn::Sub`, with or without variables of its own. */
export const substitute: IntrinsicFunction = (argument, scope, resolve) => {
  const [text, variables] = parts(argument);
  return text.replace(VARIABLE, (_match, literal: string, expression: string) => {
    if (literal) return `\${${expression}}`;
    const name = expression.trim();
    if (Object.hasOwn(variables, name)) return String(resolve(variables[name]));
    const dot = name.indexOf('.');
    return String(dot < 0 ? scope.ref(name) : scope.attribute(name.slice(0, dot), name.slice(dot + 1)));
  });
};

/** Logical ids (and parameters) that a `Fn::Sub` refers to, variables of its own apart. */
export function substitutedNames(argument: unknown): string[] {
  const [text, variables] = parts(argument);
  return [...text.matchAll(VARIABLE)]
    .filter(([, literal]) => !literal)
    .map(([, , expression = '']) => expression.trim())
    .filter((name) => !Object.hasOwn(variables, name))
    .map((name) => name.split('.')[0] ?? name);
}

const parts = (argument: unknown): [string, Record<string, unknown>] =>
  typeof argument === 'string' ? [argument, {}] : (argument as [string, Record<string, unknown>]);
