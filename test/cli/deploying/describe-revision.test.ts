import { expect, it } from 'vitest';
import { describeRevision, isSameRevision } from '../../../cli/deploying/describe-revision.ts';

const s3 = (members: object = {}) => ({
  revisionType: 'S3' as const,
  s3Location: { bucket: 'b', key: 'web.zip', bundleType: 'zip' as const, ...members },
});
const gitHub = (commitId: string) => ({
  revisionType: 'GitHub' as const,
  gitHubLocation: { repository: 'acme/web', commitId },
});

it.each([
  [s3(), 's3://b/web.zip'],
  [s3({ version: 'v1', eTag: 'e' }), 's3://b/web.zip?versionId=v1'],
  [gitHub('0123abc'), 'acme/web@0123abc'],
  [{ revisionType: 'AppSpecContent' as const, appSpecContent: { sha256: 'ab' } }, 'AppSpec ab'],
  [undefined, 'no revision'],
])('says %j in a line', (revision, text) => {
  expect(describeRevision(revision)).toBe(text);
});

it.each([
  [s3({ eTag: '"e"' }), s3({ eTag: 'e' }), true],
  [s3({ eTag: 'e' }), s3(), true],
  [s3({ eTag: 'e' }), s3({ eTag: 'f' }), false],
  [s3({ version: 'v1' }), s3({ version: 'v2' }), false],
  [s3(), s3({ key: 'other.zip' }), false],
  [gitHub('0123abc'), gitHub('0123abc'), true],
  [gitHub('0123abc'), s3(), false],
])('whether %j and %j are the same revision: %s', (one, other, same) => {
  expect(isSameRevision(one, other)).toBe(same);
});
