import { expect, it } from 'vitest';
import { grantsIn, type Template } from '../../../stories/permissions/grants.ts';

const send = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };
const receive = { Effect: 'Allow', Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'], Resource: '*' };
const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };

const TEMPLATE: Template = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Statement: [trust] },
        Policies: [{ PolicyName: 'Inline', PolicyDocument: { Statement: [send] } }],
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/One', 'arn:aws:iam::aws:policy/Two'],
      },
    },
    Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: [send, receive] } } },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: { Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' },
    },
    Queue: { Type: 'AWS::SQS::Queue' },
  },
};

it('finds every statement, attached policy and permission of a template', () => {
  expect(grantsIn(TEMPLATE).map(({ name, text }) => `${name}: ${text}`)).toEqual([
    'Role #1: Allow sts:AssumeRole to {"Service":"lambda.amazonaws.com"}',
    'Role Policies.0 #1: Allow sqs:SendMessage',
    'Role attached #1: Allow what "arn:aws:iam::aws:policy/One" says',
    'Role attached #2: Allow what "arn:aws:iam::aws:policy/Two" says',
    'Policy #1: Allow sqs:SendMessage',
    'Policy #2: Allow sqs:ReceiveMessage, sqs:DeleteMessage',
    'Permission: Allow lambda:InvokeFunction to "events.amazonaws.com"',
  ]);
});

it('takes out one of them and nothing else', () => {
  const [, inline, , attached, first, , permission] = grantsIn(TEMPLATE);
  const before = structuredClone(TEMPLATE);

  expect(first?.without(TEMPLATE).Resources['Policy']?.Properties).toEqual({
    PolicyDocument: { Statement: [receive] },
  });
  expect(attached?.without(TEMPLATE).Resources['Role']?.Properties).toEqual({
    ...TEMPLATE.Resources['Role']?.Properties,
    ManagedPolicyArns: ['arn:aws:iam::aws:policy/One'],
  });
  expect(inline?.without(TEMPLATE).Resources['Role']?.Properties).toMatchObject({
    AssumeRolePolicyDocument: { Statement: [trust] },
    Policies: [{ PolicyName: 'Inline', PolicyDocument: { Statement: [] } }],
  });
  expect(Object.keys(permission?.without(TEMPLATE).Resources ?? {})).toEqual(['Role', 'Policy', 'Queue']);
  expect(TEMPLATE).toEqual(before);
});
