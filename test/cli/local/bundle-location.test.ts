import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readBundleLocation } from '../../../cli/local/bundle-location.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const gitHub = { type: 'GitHub', account: 'acme', repository: 'web' };
const s3 = { type: 'S3', bucket: 'revisions' };

it.each([
  ['s3://revisions/web/1.zip', undefined, { ...s3, key: 'web/1.zip', bundleType: 'zip' }],
  [
    's3://revisions/web.tar.gz?versionId=v1&etag=e1',
    undefined,
    { ...s3, key: 'web.tar.gz', bundleType: 'tgz', version: 'v1', etag: 'e1' },
  ],
  ['s3://revisions/web', 'tar', { ...s3, key: 'web', bundleType: 'tar' }],
  ['https://github.com/acme/web', undefined, { ...gitHub, commitId: 'HEAD', bundleType: 'zip' }],
  ['https://github.com/acme/web.git', 'tar', { ...gitHub, commitId: 'HEAD', bundleType: 'tar' }],
  ['https://api.github.com/repos/acme/web/tarball/v1', undefined, { ...gitHub, commitId: 'v1', bundleType: 'tar' }],
  ['https://api.github.com/repos/acme/web/zipball/f/x', undefined, { ...gitHub, commitId: 'f/x', bundleType: 'zip' }],
])('reads %s of type %s', (location, type, revision) => {
  expect(readBundleLocation(location, type)).toEqual(revision);
});

it('tells a directory and a bundle on this machine apart', () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'web.tgz'), '');

  expect(readBundleLocation(directory, undefined)).toMatchObject({ type: 'Local', bundleType: 'directory' });
  expect(readBundleLocation(join(directory, 'web.tgz'), undefined)).toMatchObject({ bundleType: 'tgz' });
});

it.each([
  ['.', 'rar', 'type rar is not a valid type. Must be one of tgz,tar,zip,directory'],
  ['https://[', undefined, 'location https://[ is not a valid uri'],
  [
    'http://github.com/a/b',
    undefined,
    'location http://github.com/a/b cannot be http, only encrypted (https) url endpoints supported',
  ],
  ['/no/such', undefined, 'location /no/such is specified as a file or directory which does not exist'],
  ['package.json', 'directory', 'location package.json is specified with type directory but it is a file'],
  ['test', 'zip', 'location test is specified as a compressed local file but it is a directory'],
  [
    'https://example.com/x',
    undefined,
    'unknown location https://example.com/x cannot be determined to be S3, Github, or a local file / directory',
  ],
  ['s3://revisions/web', undefined, 'web does not say what kind of bundle it is: give --type zip, tar or tgz'],
])('refuses %s of type %s', (location, type, message) => {
  expect(() => readBundleLocation(location, type)).toThrow(message);
});
