import { createHash } from 'node:crypto';

import type { AppSpecContent, GitHubLocation, RevisionLocation, S3Location } from '@aws-sdk/client-codedeploy';

import {
  type ApplicationRevision,
  type AppSpecText,
  withoutQuotes,
} from '../../core/application-revisions/application-revision.ts';
import type { ComputePlatform } from '../../core/deployment-configs/deployment-config.ts';
import type { Revision } from '../../core/revision.ts';
import { InvalidRevision } from '../errors/revision-errors.ts';

/**
 * The revision that a caller names; the other way is `wire/revision-location.ts`. An ETag loses its quotes, and the
 * text of an AppSpec file gets its digest.
 * @throws InvalidRevision saying what is missing, too much, or not for the platform
 */
export function checkRevision(location: RevisionLocation, computePlatform: 'Server'): Revision;
export function checkRevision(location: RevisionLocation, computePlatform: ComputePlatform): ApplicationRevision;
export function checkRevision(location: RevisionLocation, computePlatform: ComputePlatform): ApplicationRevision {
  const { revisionType, s3Location, gitHubLocation, string, appSpecContent } = location;
  const payloads = [s3Location, gitHubLocation, string, appSpecContent].filter((payload) => payload !== undefined);
  if (payloads.length > 1) throw new InvalidRevision('The revision has several locations: give the one of its type');
  if (!revisionType) throw new InvalidRevision('The revision has no revisionType');
  const onServers = computePlatform === 'Server';
  if (revisionType === 'S3') return checkS3(given(s3Location, 's3Location', revisionType), onServers);
  if (revisionType === 'GitHub' && onServers) {
    return checkGitHub(given(gitHubLocation, 'gitHubLocation', revisionType));
  }
  if (revisionType === 'String' && !onServers) {
    return { RevisionType: 'String', ...checkText(given(string, 'string', revisionType)) };
  }
  if (revisionType === 'AppSpecContent' && !onServers) {
    return { RevisionType: 'AppSpecContent', ...checkText(given(appSpecContent, 'appSpecContent', revisionType)) };
  }
  throw new InvalidRevision(
    `The revision type ${revisionType} is not valid on ${computePlatform}: it must be ${onServers ? 'S3 or GitHub' : 'S3, AppSpecContent or String'}`,
  );
}

const BUNDLE_TYPES = ['zip', 'tar', 'tgz'] as const;
const APP_SPEC_TYPES = ['YAML', 'JSON'] as const;

function checkS3({ bucket, key, bundleType, version, eTag }: S3Location, onServers: boolean): ApplicationRevision {
  const place = {
    Bucket: given(bucket, 'bucket', 'S3'),
    Key: given(key, 'key', 'S3'),
    ...(version && { Version: version }),
    ...(eTag && { ETag: withoutQuotes(eTag) }),
  };
  if (onServers) {
    const S3Location = { ...place, BundleType: oneOf(BUNDLE_TYPES, bundleType) };
    return { RevisionType: 'S3', S3Location };
  }
  return { RevisionType: 'S3', S3Location: { ...place, BundleType: oneOf(APP_SPEC_TYPES, bundleType) } };
}

function oneOf<Value extends string>(values: readonly Value[], bundleType: string | undefined): Value {
  const known = values.find((value) => value === bundleType);
  if (!known) {
    throw new InvalidRevision(
      `The bundle type ${bundleType ?? '(none)'} is not valid: it must be ${values.join(', ')}`,
    );
  }
  return known;
}

function checkGitHub({ repository, commitId }: GitHubLocation): Revision {
  const Repository = given(repository, 'repository', 'GitHub');
  if (!/^[^/\s]+\/[^/\s]+$/.test(Repository)) {
    throw new InvalidRevision(`The repository ${Repository} is not valid: it must be owner/name`);
  }
  return { RevisionType: 'GitHub', GitHubLocation: { Repository, CommitId: given(commitId, 'commitId', 'GitHub') } };
}

/** An item of the table holds 400 KB. */
const LONGEST_CONTENT_BYTES = 300 * 1024;

function checkText({ content, sha256 }: AppSpecContent): AppSpecText {
  if (!content) return { Sha256: checkDigest(given(sha256, 'content or sha256', 'AppSpec')) };
  if (Buffer.byteLength(content) > LONGEST_CONTENT_BYTES) {
    throw new InvalidRevision(`The AppSpec file has more than ${LONGEST_CONTENT_BYTES} bytes: put it into S3`);
  }
  const Sha256 = createHash('sha256').update(content).digest('hex');
  if (sha256 && checkDigest(sha256) !== Sha256) {
    throw new InvalidRevision(`The sha256 ${sha256} is not that of the content, which is ${Sha256}`);
  }
  return { Content: content, Sha256 };
}

function checkDigest(sha256: string): string {
  if (!/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new InvalidRevision(`The sha256 ${sha256} is not valid: it must be 64 hexadecimal digits`);
  }
  return sha256.toLowerCase();
}

function given<Value>(value: Value | undefined, name: string, revisionType: string): Value {
  if (value === undefined || value === '') throw new InvalidRevision(`A revision of ${revisionType} needs ${name}`);
  return value;
}
