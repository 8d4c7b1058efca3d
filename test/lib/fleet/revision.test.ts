import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { Revision } from '../../../lib/fleet/revision.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

describe('a revision', () => {
  const stack = new Stack();
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'releases');

  it.each([
    ['app.zip', 'zip'],
    ['app.tar', 'tar'],
    ['app.tgz', 'tgz'],
    ['app.tar.gz', 'tgz'],
  ])('knows by the key %s that it is packed as %s', (key, bundleType) => {
    const location = Revision.fromBucket(bucket, key).bind(stack);

    expect(location.bundleType).toBe(bundleType);
  });

  it('must be told how an object is packed whose key does not say so', () => {
    expect(() => Revision.fromBucket(bucket, 'app/latest')).toThrow(/Set bundleType to zip, tar or tgz/);
    expect(Revision.fromBucket(bucket, 'app/latest', { bundleType: 'tgz' }).bind(stack).bundleType).toBe('tgz');
  });

  it('of a directory needs an appspec.yml at its top', () => {
    expect(() => Revision.fromAsset('no/such/directory')).toThrow(/no\/such\/directory has no appspec\.yml/);
  });

  it('of a directory is refused with the line and the remedy when its appspec.yml is faulty', () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'appspec.yml'), 'version: 0.0\nos: windows\n');

    expect(() => Revision.fromAsset(directory)).toThrow(/appspec\.yml, line 2: write "os: linux"/);
  });
});
