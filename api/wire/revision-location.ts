import type { BundleType, RevisionLocation } from '@aws-sdk/client-codedeploy';

import type { Revision } from '../../core/revision.ts';

/** A revision of the engine’s as clients see it. */
export function revisionLocation(revision: Revision): RevisionLocation {
  if (revision.RevisionType === 'GitHub') {
    const { Repository, CommitId } = revision.GitHubLocation;
    return { revisionType: 'GitHub', gitHubLocation: { repository: Repository, commitId: CommitId } };
  }
  const { Bucket, Key, BundleType, Version, ETag } = revision.S3Location;
  return {
    revisionType: 'S3',
    s3Location: { bucket: Bucket, key: Key, bundleType: BundleType as BundleType, version: Version, eTag: ETag },
  };
}
