/** Where a revision lies in S3: spelled as CodeDeploy's `S3Location`. */
export interface S3Location {
  readonly Bucket: string;
  readonly Key: string;
  readonly BundleType: 'zip' | 'tar' | 'tgz';
  readonly Version?: string;
  readonly ETag?: string;
}

/** A commit on GitHub: members named as in CodeDeploy's `GitHubLocation`. */
export interface GitHubLocation {
  /** `owner/name`. */
  readonly Repository: string;
  readonly CommitId: string;
}

/** What is deployed: an AppSpec file with the files and hook scripts it names, in one bundle. */
export type Revision =
  | { readonly RevisionType: 'S3'; readonly S3Location: S3Location }
  | { readonly RevisionType: 'GitHub'; readonly GitHubLocation: GitHubLocation };

/** Anything to deploy that lies in S3, of whatever type. */
interface RevisionInS3 {
  readonly RevisionType: 'S3';
  readonly S3Location: Omit<S3Location, 'BundleType'>;
}

/** Whether both name the very same bundle. */
export function sameRevision(one: Revision, other: Revision | undefined): boolean {
  return other !== undefined && describeRevision(one) === describeRevision(other);
}

/** A revision in a line, as people write it: `s3://bucket/web-1.2.zip`, with version and ETag where it has them. */
export function describeRevision(revision: Revision | RevisionInS3): string {
  if (revision.RevisionType === 'GitHub') {
    const { Repository, CommitId } = revision.GitHubLocation;
    return `https://github.com/${Repository}/tree/${CommitId}`;
  }
  const { Bucket, Key, Version, ETag } = revision.S3Location;
  const qualifiers = [Version && `version ${Version}`, ETag && `ETag ${ETag}`].filter(Boolean).join(', ');
  return `s3://${Bucket}/${Key}${qualifiers && ` (${qualifiers})`}`;
}
