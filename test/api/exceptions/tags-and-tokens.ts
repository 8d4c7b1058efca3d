import { CreateApplicationCommand } from '@aws-sdk/client-codedeploy';

import { family } from './life.ts';

const HERE = 'arn:aws:codedeploy:us-east-1:123456789012';

const ARN = {
  ResourceArnRequired: { ResourceArn: undefined },
  InvalidArn: { ResourceArn: 'web' },
  ArnNotSupported: { ResourceArn: 'arn:aws:s3:::bucket' },
} as const;
const RESOURCE = {
  ...ARN,
  ApplicationDoesNotExist: { ResourceArn: `${HERE}:application:nowhere` },
  DeploymentGroupDoesNotExist: { ResourceArn: `${HERE}:deploymentgroup:web/nowhere` },
  DeploymentConfigDoesNotExist: { ResourceArn: `${HERE}:deploymentconfig:nowhere` },
} as const;

export const tagsAndTokens = family(
  [
    'TagResource',
    'UntagResource',
    'ListTagsForResource',
    'ListGitHubAccountTokenNames',
    'DeleteGitHubAccountToken',
    'DeleteResourcesByExternalId',
  ],
  async ({ api }) => {
    await api.client.send(new CreateApplicationCommand({ applicationName: 'web' }));
    const ResourceArn = `${HERE}:application:web`;
    return {
      TagResource: {
        input: { ResourceArn, Tags: [{ Key: 'stage', Value: 'test' }] },
        refusals: {
          ...RESOURCE,
          TagRequired: { Tags: [] },
          InvalidTagsToAdd: { Tags: [{ Key: 'aws:stage', Value: 'test' }] },
        },
      },
      UntagResource: {
        input: { ResourceArn, TagKeys: ['stage'] },
        refusals: { ...RESOURCE, TagRequired: { TagKeys: [] }, InvalidTagsToAdd: { TagKeys: ['aws:stage'] } },
      },
      ListTagsForResource: { input: { ResourceArn }, refusals: ARN },
      ListGitHubAccountTokenNames: { input: {}, refusals: { InvalidNextToken: { nextToken: 'mine' } } },
      DeleteGitHubAccountToken: {
        input: { tokenName: 'acme' },
        isNeverAnswered: true,
        refusals: {
          GitHubAccountTokenNameRequired: { tokenName: undefined },
          InvalidGitHubAccountTokenName: { tokenName: 'a\nb' },
          GitHubAccountTokenDoesNotExist: { tokenName: 'globex' },
          OperationNotSupported: {},
        },
      },
      DeleteResourcesByExternalId: { input: { externalId: 'a-stack' }, refusals: {} },
    };
  },
);
