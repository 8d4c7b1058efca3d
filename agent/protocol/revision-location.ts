import { memberOf, objectAt } from './answer.ts';

/** Where a revision lies. */
export type RevisionLocation = S3Revision | GitHubRevision;

export interface S3Revision {
  readonly type: 'S3';
  readonly bucket: string;
  readonly key: string;
  readonly bundleType: BundleType;
  readonly version?: string;
  readonly etag?: string;
}

export interface GitHubRevision {
  readonly type: 'GitHub';
  readonly account: string;
  readonly repository: string;
  readonly commitId: string;
}

const BUNDLE_TYPES = ['tar', 'tgz', 'zip'] as const;
export type BundleType = (typeof BUNDLE_TYPES)[number];

/** Reads the `Revision` of a deployment specification. @throws Error in the words of AWS's agent */
export function readRevision(revision: object | undefined): RevisionLocation {
  if (!revision) throw new Error('Must specify a revison');
  const type = memberOf(revision, 'RevisionType');
  switch (type) {
    case 'S3':
      return readS3Revision(objectAt(revision, 'S3Revision'));
    case 'GitHub':
      return readGitHubRevision(objectAt(revision, 'GitHubRevision'));
    case undefined:
    case null:
      throw new Error('Must specify a revision source');
    default:
      throw new Error('Exactly one of S3Revision, GitHubRevision, or LocalRevision must be specified');
  }
}

function readS3Revision(revision: object | undefined): S3Revision {
  const [bucket, key, bundleType] = textsOf(revision, ['Bucket', 'Key', 'BundleType'], 'S3Revision');
  const knownType = BUNDLE_TYPES.find((known) => known === bundleType);
  if (!bucket || !key || !knownType) throw new Error('BundleType in S3Revision must be tar, tgz or zip');
  const [version, etag] = [memberOf(revision, 'Version'), memberOf(revision, 'ETag')];
  return {
    type: 'S3',
    bucket,
    key,
    bundleType: knownType,
    ...(typeof version === 'string' && version !== '' ? { version } : {}),
    ...(typeof etag === 'string' && etag !== '' ? { etag } : {}),
  };
}

function readGitHubRevision(revision: object | undefined): GitHubRevision {
  const texts = textsOf(revision, ['Account', 'Repository', 'CommitId'], 'GitHubRevision');
  const [account = '', repository = '', commitId = ''] = texts;
  return { type: 'GitHub', account, repository, commitId };
}

function textsOf(revision: object | undefined, keys: readonly [string, string, string], name: string): string[] {
  return keys.map((key) => {
    const value = memberOf(revision, key);
    if (typeof value === 'string' && value !== '') return value;
    throw new Error(`${name} in Deployment Spec must specify ${keys[0]}, ${keys[1]} and ${keys[2]}`);
  });
}
