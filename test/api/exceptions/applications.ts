import { CreateApplicationCommand } from '@aws-sdk/client-codedeploy';
import { vi } from 'vitest';

import { family } from './life.ts';

const NAME = {
  ApplicationNameRequired: { applicationName: undefined },
  InvalidApplicationName: { applicationName: 'a b' },
} as const;
const EXISTENCE = { ...NAME, ApplicationDoesNotExist: { applicationName: 'nowhere' } } as const;

export const applications = family(
  [
    'CreateApplication',
    'GetApplication',
    'BatchGetApplications',
    'UpdateApplication',
    'DeleteApplication',
    'ListApplications',
  ],
  async ({ api }) => {
    for (const applicationName of ['web', 'shop']) {
      await api.client.send(new CreateApplicationCommand({ applicationName }));
    }
    const fill = () => {
      const items = Array.from({ length: 1000 }, (_, index) => `app-${index}`);
      vi.spyOn(api.ports.applications, 'names').mockResolvedValue({ items, last: undefined });
      return Promise.resolve({ applicationName: 'one-more' });
    };
    return {
      CreateApplication: {
        input: { applicationName: 'new' },
        refusals: {
          ...NAME,
          ApplicationAlreadyExists: {},
          InvalidComputePlatform: { applicationName: 'newer', computePlatform: 'Kubernetes' },
          InvalidTagsToAdd: { applicationName: 'newer', tags: [{ Key: 'aws:stage', Value: 'test' }] },
          ApplicationLimitExceeded: fill,
        },
      },
      GetApplication: { input: { applicationName: 'web' }, refusals: EXISTENCE },
      BatchGetApplications: {
        input: { applicationNames: ['web', 'shop'] },
        refusals: {
          ApplicationNameRequired: { applicationNames: [] },
          InvalidApplicationName: { applicationNames: ['a b'] },
          ApplicationDoesNotExist: { applicationNames: ['web', 'nowhere'] },
          BatchLimitExceeded: { applicationNames: Array.from({ length: 101 }, () => 'web') },
        },
      },
      UpdateApplication: {
        input: { applicationName: 'web', newApplicationName: 'site' },
        refusals: {
          ...NAME,
          ApplicationDoesNotExist: { newApplicationName: 'blog' },
          ApplicationAlreadyExists: { applicationName: 'site', newApplicationName: 'shop' },
        },
      },
      DeleteApplication: { input: { applicationName: 'web' }, refusals: NAME },
      ListApplications: { input: {}, refusals: { InvalidNextToken: { nextToken: 'mine' } } },
    };
  },
);
