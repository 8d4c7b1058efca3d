import { intrinsicCall } from './intrinsics/resolve.ts';
import { substitutedNames } from './intrinsics/substitute.ts';
import type { Template, TemplateResource } from './template.ts';

/** Logical ids of the resources that have to exist before this one: by `DependsOn`, `Ref`, `Fn::GetAtt` and `Fn::Sub`. */
export function dependenciesOf({ DependsOn = [], Properties = {} }: TemplateResource, template: Template): string[] {
  const names = [DependsOn, namesIn(Properties)].flat();
  return [...new Set(names)].filter((name) => Object.hasOwn(template.Resources, name));
}

function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  const call = intrinsicCall(value);
  if (call?.name === 'Ref') return [String(call.argument)];
  if (call?.name === 'Fn::GetAtt') return [attributeOwner(call.argument), ...namesIn(call.argument)];
  const ownNames = call?.name === 'Fn::Sub' ? substitutedNames(call.argument) : [];
  return [...ownNames, ...Object.values(value).flatMap(namesIn)];
}

const attributeOwner = (argument: unknown): string =>
  typeof argument === 'string' ? (argument.split('.')[0] ?? '') : String((argument as unknown[])[0]);
