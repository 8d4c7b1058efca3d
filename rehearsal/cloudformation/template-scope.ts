import { resolve } from './intrinsics/resolve.ts';
import { NO_VALUE, type Scope } from './intrinsics/scope.ts';
import type { ParameterValue } from './parameters.ts';
import type { StackResource } from './stack.ts';
import type { Template } from './template.ts';

export interface TemplateScopeOptions {
  readonly template: Template;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** `AWS::Region` and its like. */
  readonly pseudoParameters: Readonly<Record<string, unknown>>;
  /** Resources that exist by now. */
  readonly resources: ReadonlyMap<string, StackResource>;
  readonly importValue: (name: string) => unknown;
}

/** What the intrinsic functions of one template see. */
export function templateScope(options: TemplateScopeOptions): Scope {
  const { template, parameters, pseudoParameters, resources, importValue } = options;
  const resource = (logicalId: string): StackResource => {
    const found = resources.get(logicalId);
    if (!found) throw new Error(`${logicalId} is referred to, but is no resource or parameter that exists`);
    return found;
  };

  const scope: Scope = {
    ref: (name) =>
      Object.hasOwn(pseudoParameters, name)
        ? pseudoParameters[name]
        : Object.hasOwn(parameters, name)
          ? parameters[name]
          : resource(name).ref,
    attribute(logicalId, attribute) {
      const { attributes, type } = resource(logicalId);
      const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
      if (value === undefined) throw new Error(`The rehearsal’s ${type} has no attribute ${attribute} (${logicalId})`);
      return value;
    },
    condition(name) {
      const condition = template.Conditions?.[name];
      if (condition === undefined) throw new Error(`The template has no condition ${name}`);
      return resolve(condition, scope) === true;
    },
    mapping(map, key, attribute) {
      const value = template.Mappings?.[map]?.[key]?.[attribute];
      if (value === undefined) throw new Error(`The template’s mappings have no ${map}.${key}.${attribute}`);
      return value;
    },
    importValue,
    availabilityZones: (region) => ['a', 'b', 'c'].map((zone) => region + zone),
  };
  return scope;
}

/** What every template may refer to. */
export const pseudoParameters = (
  account: { region: string; accountId: string },
  stack: { name: string; id: string },
) => ({
  'AWS::AccountId': account.accountId,
  'AWS::NoValue': NO_VALUE,
  'AWS::NotificationARNs': [],
  'AWS::Partition': 'aws',
  'AWS::Region': account.region,
  'AWS::StackId': stack.id,
  'AWS::StackName': stack.name,
  'AWS::URLSuffix': 'amazonaws.com',
});
