import { RegisterOnPremisesInstanceCommand } from '@aws-sdk/client-codedeploy';

import { family } from './life.ts';

const NAME = {
  InstanceNameRequired: { instanceName: undefined },
  InvalidInstanceName: { instanceName: 'i-0abc' },
} as const;

const USER = 'arn:aws:iam::111122223333:user/';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/Racks/';
const manyTags = Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));

const TAGGING = {
  InstanceNameRequired: { instanceNames: [] },
  InvalidInstanceName: { instanceNames: ['i-0abc'] },
  InstanceNotRegistered: { instanceNames: ['rack-1', 'nowhere'] },
  InstanceLimitExceeded: { instanceNames: Array.from({ length: 101 }, (_, index) => `rack-${index}`) },
  TagRequired: { tags: [] },
  InvalidTag: { tags: [{ Key: 'role' }] },
  TagLimitExceeded: { tags: manyTags },
} as const;

export const onPremisesInstances = family(
  [
    'RegisterOnPremisesInstance',
    'GetOnPremisesInstance',
    'BatchGetOnPremisesInstances',
    'ListOnPremisesInstances',
    'AddTagsToOnPremisesInstances',
    'RemoveTagsFromOnPremisesInstances',
    'DeregisterOnPremisesInstance',
  ],
  async ({ api }) => {
    const rack = { instanceName: 'rack-1', iamUserArn: `${USER}rack-1` };
    const other = { instanceName: 'rack-2', iamSessionArn: `${SESSION}rack-2` };
    for (const input of [rack, other]) await api.client.send(new RegisterOnPremisesInstanceCommand(input));
    const another = { instanceName: 'rack-4', iamUserArn: undefined };
    const tagging = { input: { instanceNames: ['rack-1'], tags: [{ Key: 'role', Value: 'web' }] }, refusals: TAGGING };
    return {
      RegisterOnPremisesInstance: {
        input: { instanceName: 'rack-3', iamUserArn: `${USER}rack-3` },
        refusals: {
          ...NAME,
          InstanceNameAlreadyRegistered: { iamUserArn: `${USER}rack-4` },
          IamArnRequired: another,
          MultipleIamArnsProvided: { ...another, iamUserArn: `${USER}a`, iamSessionArn: `${SESSION}ab` },
          InvalidIamUserArn: { ...another, iamUserArn: 'rack-4' },
          InvalidIamSessionArn: { ...another, iamSessionArn: 'rack-4' },
          IamUserArnAlreadyRegistered: { ...another, iamUserArn: rack.iamUserArn },
          IamSessionArnAlreadyRegistered: { ...another, iamSessionArn: other.iamSessionArn },
        },
      },
      GetOnPremisesInstance: {
        input: { instanceName: 'rack-1' },
        refusals: { ...NAME, InstanceNotRegistered: { instanceName: 'nowhere' } },
      },
      BatchGetOnPremisesInstances: {
        input: { instanceNames: ['rack-1', 'rack-2'] },
        refusals: {
          InstanceNameRequired: { instanceNames: [] },
          InvalidInstanceName: { instanceNames: ['i-0abc'] },
          BatchLimitExceeded: { instanceNames: Array.from({ length: 26 }, () => 'rack-1') },
        },
      },
      ListOnPremisesInstances: {
        input: {},
        refusals: {
          InvalidRegistrationStatus: { registrationStatus: 'Lost' },
          InvalidTagFilter: { tagFilters: [{ Type: 'KEY_ONLY', Value: 'web' }] },
          InvalidNextToken: { nextToken: 'mine' },
        },
      },
      AddTagsToOnPremisesInstances: tagging,
      RemoveTagsFromOnPremisesInstances: tagging,
      DeregisterOnPremisesInstance: { input: { instanceName: 'rack-1' }, refusals: NAME },
    };
  },
);
