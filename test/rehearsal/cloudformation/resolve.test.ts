import { describe, expect, it } from 'vitest';
import { resolve } from '../../../rehearsal/cloudformation/intrinsics/resolve.ts';
import type { StackResource } from '../../../rehearsal/cloudformation/stack.ts';
import { pseudoParameters, templateScope } from '../../../rehearsal/cloudformation/template-scope.ts';
import type { Template } from '../../../rehearsal/cloudformation/template.ts';

const template: Template = {
  Resources: {},
  Mappings: { Sizes: { small: { memory: 128 } } },
  Conditions: {
    IsHere: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
    IsElsewhere: { 'Fn::Not': [{ Condition: 'IsHere' }] },
    IsBoth: { 'Fn::And': [{ Condition: 'IsHere' }, { Condition: 'IsElsewhere' }] },
    IsEither: { 'Fn::Or': [{ Condition: 'IsHere' }, { Condition: 'IsElsewhere' }] },
  },
};
const queue: StackResource = {
  logicalId: 'Queue',
  type: 'AWS::SQS::Queue',
  physicalId: 'physical',
  ref: 'https://queue',
  attributes: { Arn: 'arn:queue', 'Nested.Name': 'nested' },
  properties: {},
};
const scope = templateScope({
  template,
  parameters: { Stage: 'test', Subnets: ['a', 'b'] },
  pseudoParameters: pseudoParameters(
    { region: 'us-east-1', accountId: '123456789012' },
    { name: 'web', id: 'arn:stack' },
  ),
  resources: new Map([['Queue', queue]]),
  importValue: (name) => `imported ${name}`,
});

describe('an intrinsic function', () => {
  it.each<[string, unknown, unknown]>([
    ['Ref of a resource', { Ref: 'Queue' }, 'https://queue'],
    ['Ref of a parameter', { Ref: 'Subnets' }, ['a', 'b']],
    ['Ref of a pseudo parameter', { Ref: 'AWS::AccountId' }, '123456789012'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
    ['GetAtt as text', { 'Fn::GetAtt': 'Queue.Nested.Name' }, 'nested'],
    [
      'Sub',
      { 'Fn::Sub': 'a ${Queue} ${Queue.Arn} ${AWS::Region} ${!Kept}' },
      'a https://queue arn:queue us-east-1 ${Kept}',
    ],
    ['Sub with variables', { 'Fn::Sub': ['${Own}-${Stage}', { Own: { Ref: 'Queue' } }] }, 'https://queue-test'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Stage' }]] }, 'a-test'],
    ['Select and Split', { 'Fn::Select': ['1', { 'Fn::Split': ['|', 'a|b'] }] }, 'b'],
    ['FindInMap', { 'Fn::FindInMap': ['Sizes', 'small', 'memory'] }, 128],
    ['ImportValue', { 'Fn::ImportValue': 'other' }, 'imported other'],
    ['GetAZs', { 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
    ['Base64', { 'Fn::Base64': '#!/bin/bash' }, 'IyEvYmluL2Jhc2g='],
    ['Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 2, '8'] }, ['10.0.0.0/24', '10.0.1.0/24']],
    ['Length', { 'Fn::Length': { Ref: 'Subnets' } }, 2],
    ['ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'Stage' } } }, '{"a":"test"}'],
    ['If', { 'Fn::If': ['IsHere', 'yes', { Ref: 'Nowhere' }] }, 'yes'],
    ['If over And', { 'Fn::If': ['IsBoth', 'yes', 'no'] }, 'no'],
    ['If over Or', { 'Fn::If': ['IsEither', 'yes', 'no'] }, 'yes'],
  ])('%s', (_name, value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  it('AWS::NoValue takes its property or list entry away', () => {
    const value = { a: { Ref: 'AWS::NoValue' }, b: [1, { 'Fn::If': ['IsElsewhere', 2, { Ref: 'AWS::NoValue' }] }] };

    expect(resolve(value, scope)).toEqual({ b: [1] });
  });

  it.each([
    [{ Ref: 'Nowhere' }, 'Nowhere is referred to'],
    [{ 'Fn::GetAtt': ['Queue', 'Colour'] }, 'AWS::SQS::Queue has no attribute Colour (Queue)'],
    [{ 'Fn::FindInMap': ['Sizes', 'huge', 'memory'] }, 'Sizes.huge.memory'],
    [{ 'Fn::Transform': {} }, 'Fn::Transform'],
    [{ 'Fn::If': ['IsNowhere', 1, 2] }, 'no condition IsNowhere'],
  ])('names what it misses: %j', (value, message) => {
    expect(() => resolve(value, scope)).toThrow(message);
  });
});
