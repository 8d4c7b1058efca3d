import type { BundleType, RevisionLocation } from '@aws-sdk/client-codedeploy';
import { UsageError } from '../command.ts';
import { bundleTypeOf } from '../revision/bundle-type.ts';

/** A revision in S3, as `s3://bucket/key.zip` or with `?versionId=…`. @throws UsageError */
export function s3Revision(text: string): RevisionLocation {
  const [, bucket, key, version] = /^s3:\/\/([^/]+)\/([^?]+)(?:\?versionId=(.+))?$/.exec(text) ?? [];
  if (bucket === undefined || key === undefined)
    throw new UsageError(`--s3-location ${text} is no place in S3: give s3://bucket/key.zip`);
  const bundleType: BundleType | undefined = bundleTypeOf(key);
  if (!bundleType) throw new UsageError(`--s3-location ${text} is no bundle: give a .zip, .tar, .tgz or .tar.gz`);
  return { revisionType: 'S3', s3Location: { bucket, key, bundleType, ...(version !== undefined && { version }) } };
}

/** A commit on GitHub, as `owner/repository@commit`. @throws UsageError */
export function gitHubRevision(text: string): RevisionLocation {
  const [, repository, commitId] = /^([^/@\s]+\/[^/@\s]+)@([0-9a-f]{7,40})$/.exec(text) ?? [];
  if (repository === undefined || commitId === undefined)
    throw new UsageError(`--github-location ${text} is no commit: give owner/repository@commit, the commit in full`);
  return { revisionType: 'GitHub', gitHubLocation: { repository, commitId } };
}
