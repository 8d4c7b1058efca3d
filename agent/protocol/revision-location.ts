import { memberOf, objectAt } from './answer.ts';

/** Where a revision lies. */
export type RevisionLocation = S3Revision | GitHubRevision | LocalRevision;

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
  /** In which form GitHub packs the commit. @default tar, which GitHub sends gzipped */
  readonly bundleType: GitHubBundleType;
}

/** On the host itself. Only runs by hand have one: from a command service it is refused. */
export interface LocalRevision {
  readonly type: 'Local';
  /** Path of the bundle, or of the directory that holds the revision. */
  readonly location: string;
  readonly bundleType: BundleType | 'directory';
}

const BUNDLE_TYPES = ['tar', 'tgz', 'zip'] as const;
export type BundleType = (typeof BUNDLE_TYPES)[number];

const GITHUB_BUNDLE_TYPES = ['tar', 'zip'] as const;
type GitHubBundleType = (typeof GITHUB_BUNDLE_TYPES)[number];

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
  const keys = ['Account', 'Repository', 'CommitId'] as const;
  const [account = '', repository = '', commitId = ''] = textsOf(revision, keys, 'GitHubRevision');
  // AWS's agent wants a token here, and then downloads with the deployment's, not with this one.
  if (memberOf(revision, 'Anonymous') === false && !memberOf(revision, 'OAuthToken')) {
    throw incomplete('GitHubRevision', keys);
  }
  const written = memberOf(revision, 'BundleType') ?? 'tar';
  const bundleType = GITHUB_BUNDLE_TYPES.find((known) => known === written);
  if (!bundleType) {
    throw new Error(
      `GitHub revision specified with bundle_type other than zip or tar [bundle_type=${String(written)}]`,
    );
  }
  return { type: 'GitHub', account, repository, commitId, bundleType };
}

type ThreeKeys = readonly [string, string, string];

function textsOf(revision: object | undefined, keys: ThreeKeys, name: string): string[] {
  return keys.map((key) => {
    const value = memberOf(revision, key);
    if (typeof value === 'string' && value !== '') return value;
    throw incomplete(name, keys);
  });
}

function incomplete(name: string, [first, second, third]: ThreeKeys): Error {
  return new Error(`${name} in Deployment Spec must specify ${first}, ${second} and ${third}`);
}
