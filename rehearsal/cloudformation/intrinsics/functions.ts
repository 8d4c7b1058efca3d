import { cidrBlocks } from './cidr.ts';
import { conditionFunctions } from './condition-functions.ts';
import type { Scope } from './scope.ts';
import { substitute } from './substitute.ts';

/** @param argument as it stands in the template: lazy functions such as `Fn::If` resolve only what they need */
export type IntrinsicFunction = (argument: unknown, scope: Scope, resolve: (value: unknown) => unknown) => unknown;

type Resolve = (value: unknown) => unknown;

const list = (argument: unknown, resolve: Resolve): unknown[] => resolve(argument) as unknown[];

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
export const intrinsicFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  Ref: (name, scope) => scope.ref(String(name)),

  'Fn::GetAtt': (argument, scope, resolve) => {
    const [logicalId = '', ...path] = typeof argument === 'string' ? argument.split('.') : (argument as unknown[]);
    return scope.attribute(String(logicalId), path.map((part) => String(resolve(part))).join('.'));
  },

  'Fn::Sub': substitute,

  'Fn::Join': (argument, _scope, resolve) => {
    const [delimiter, parts] = list(argument, resolve) as [string, unknown[]];
    return parts.map(String).join(delimiter);
  },

  'Fn::Select': (argument, _scope, resolve) => {
    const [index, values] = list(argument, resolve) as [string | number, unknown[]];
    const selected = values[Number(index)];
    if (selected === undefined) throw new Error(`Fn::Select cannot select nonexistent value at index ${index}`);
    return selected;
  },

  'Fn::Split': (argument, _scope, resolve) => {
    const [delimiter, text] = list(argument, resolve) as [string, string];
    return text.split(delimiter);
  },

  'Fn::FindInMap': (argument, scope, resolve) => {
    const [map, key, attribute] = list(argument, resolve);
    return scope.mapping(String(map), String(key), String(attribute));
  },

  'Fn::ImportValue': (argument, scope, resolve) => scope.importValue(String(resolve(argument))),
  'Fn::GetAZs': (argument, scope, resolve) =>
    scope.availabilityZones(String(resolve(argument) || scope.ref('AWS::Region'))),
  'Fn::Base64': (argument, _scope, resolve) => Buffer.from(String(resolve(argument))).toString('base64'),
  'Fn::Length': (argument, _scope, resolve) => list(argument, resolve).length,
  'Fn::ToJsonString': (argument, _scope, resolve) => JSON.stringify(resolve(argument)),

  'Fn::Cidr': (argument, _scope, resolve) => {
    const [block, count, hostBits] = list(argument, resolve);
    return cidrBlocks(String(block), Number(count), Number(hostBits));
  },

  ...conditionFunctions,
};
