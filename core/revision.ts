/** Where a revision lies in S3: spelled as CodeDeploy's `S3Location`. */
export interface S3Location {
  readonly Bucket: string;
  readonly Key: string;
  readonly BundleType: 'zip' | 'tar' | 'tgz';
  readonly Version?: string;
  readonly ETag?: string;
}

/** What is deployed: an AppSpec file with the files and hook scripts it names, in one bundle. */
export interface Revision {
  readonly RevisionType: 'S3';
  readonly S3Location: S3Location;
}

/** Whether both name the very same bundle. */
export function sameRevision(one: Revision, other: Revision | undefined): boolean {
  return other !== undefined && describeRevision(one) === describeRevision(other);
}

/** A revision in a line, as people write it: `s3://bucket/web-1.2.zip`, with version and ETag where it has them. */
export function describeRevision({ S3Location: { Bucket, Key, Version, ETag } }: Revision): string {
  const qualifiers = [Version && `version ${Version}`, ETag && `ETag ${ETag}`].filter(Boolean).join(', ');
  return `s3://${Bucket}/${Key}${qualifiers && ` (${qualifiers})`}`;
}
