import type { S3Client } from '@aws-sdk/client-s3';

import { type RevisionBundles, StoredRevisionBundles } from '../../../adapters/revision-bundles/revision-bundles.ts';

/** Bundles as they are read from S3 alone, whose client is there once the tests run. Each call reads anew. */
export function storedBundles(bucket: { readonly client: S3Client }): RevisionBundles {
  return {
    readAppSpec: (...asked) =>
      new StoredRevisionBundles({
        s3: bucket.client,
        gitHubEndpoint: 'http://nowhere.invalid',
        timeLimitMs: 5000,
      }).readAppSpec(...asked),
  };
}
