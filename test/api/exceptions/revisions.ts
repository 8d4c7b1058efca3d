import {
  CreateApplicationCommand,
  RegisterApplicationRevisionCommand,
  type RevisionLocation,
} from '@aws-sdk/client-codedeploy';

import { family } from './life.ts';

const bundle = (key: string): RevisionLocation => ({
  revisionType: 'S3',
  s3Location: { bucket: 'revisions', key, bundleType: 'zip' },
});
const NO_REVISION = { revisionType: 'S3' };

const APPLICATION = {
  ApplicationNameRequired: { applicationName: undefined },
  InvalidApplicationName: { applicationName: 'a b' },
  ApplicationDoesNotExist: { applicationName: 'nowhere' },
} as const;
const REVISION = {
  ...APPLICATION,
  RevisionRequired: { revision: undefined },
  InvalidRevision: { revision: NO_REVISION },
} as const;

export const revisions = family(
  ['RegisterApplicationRevision', 'GetApplicationRevision', 'BatchGetApplicationRevisions', 'ListApplicationRevisions'],
  async ({ api }) => {
    const known = { applicationName: 'web', revision: bundle('web-1.zip') };
    await api.client.send(new CreateApplicationCommand({ applicationName: 'web' }));
    await api.client.send(new RegisterApplicationRevisionCommand(known));
    return {
      RegisterApplicationRevision: {
        input: known,
        refusals: { ...REVISION, DescriptionTooLong: { description: 'a'.repeat(257) } },
      },
      GetApplicationRevision: {
        input: known,
        refusals: { ...REVISION, RevisionDoesNotExist: { revision: bundle('web-2.zip') } },
      },
      BatchGetApplicationRevisions: {
        input: { applicationName: 'web', revisions: [known.revision] },
        refusals: {
          ...APPLICATION,
          RevisionRequired: { revisions: [] },
          InvalidRevision: { revisions: [NO_REVISION] },
          BatchLimitExceeded: { revisions: Array.from({ length: 26 }, () => known.revision) },
        },
      },
      ListApplicationRevisions: {
        input: { applicationName: 'web' },
        refusals: {
          ...APPLICATION,
          InvalidSortBy: { sortBy: 'size' },
          InvalidSortOrder: { sortOrder: 'random' },
          BucketNameFilterRequired: { s3KeyPrefix: 'web' },
          InvalidBucketNameFilter: { s3Bucket: 'a/b' },
          InvalidKeyPrefixFilter: { s3Bucket: 'revisions', s3KeyPrefix: 'a'.repeat(1025) },
          InvalidDeployedStateFilter: { deployed: 'maybe' },
          InvalidNextToken: { nextToken: 'mine' },
        },
      },
    };
  },
);
