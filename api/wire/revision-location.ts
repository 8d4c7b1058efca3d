import type { BundleType, RevisionLocation } from '@aws-sdk/client-codedeploy';

import type { Revision } from '../../core/revision.ts';

/** A revision of the engine’s as clients see it. */
export function revisionLocation({
  S3Location: { Bucket, Key, BundleType, Version, ETag },
}: Revision): RevisionLocation {
  return {
    revisionType: 'S3',
    s3Location: { bucket: Bucket, key: Key, bundleType: BundleType as BundleType, version: Version, eTag: ETag },
  };
}
