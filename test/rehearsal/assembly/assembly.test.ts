import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { createAssets } from '../../../rehearsal/assembly/assets.ts';
import { inDeploymentOrder, readAssembly } from '../../../rehearsal/assembly/manifest.ts';
import { zipDirectory } from '../../../rehearsal/assembly/zip-directory.ts';
import { createStoragePart } from '../../../rehearsal/storage/create-storage-part.ts';
import { startTestGround, type TestGround } from '../ground.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'assembly-test-'));
});
afterEach(() => rm(directory, { recursive: true }));

const write = async (path: string, content: unknown): Promise<void> => {
  await mkdir(join(directory, path, '..'), { recursive: true });
  await writeFile(join(directory, path), typeof content === 'string' ? content : JSON.stringify(content));
};

describe('an assembly', () => {
  it('lists its stacks with those they depend on first, stages included', async () => {
    await write('manifest.json', {
      artifacts: {
        Fleet: {
          type: 'aws:cloudformation:stack',
          dependencies: ['Engine', 'Fleet.assets'],
          properties: { templateFile: 'Fleet.template.json' },
        },
        'Fleet.assets': { type: 'cdk:asset-manifest', properties: { file: 'Fleet.assets.json' } },
        Engine: {
          type: 'aws:cloudformation:stack',
          properties: { templateFile: 'Engine.template.json', stackName: 'slipway' },
        },
        Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Stage' } },
      },
    });
    await write('assembly-Stage/manifest.json', {
      artifacts: { Late: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Late.template.json' } } },
    });

    const { stacks, assetManifests } = await readAssembly(directory);

    expect(inDeploymentOrder(stacks).map(({ stackName }) => stackName)).toEqual(['slipway', 'Fleet', 'Late']);
    expect(stacks.at(-1)?.templateFile).toBe(join(directory, 'assembly-Stage/Late.template.json'));
    expect(assetManifests).toEqual([join(directory, 'Fleet.assets.json')]);
  });

  it('has to be there', async () => {
    await expect(readAssembly(directory)).rejects.toThrow('is no synthesized assembly');
  });
});

describe('assets', () => {
  let test: TestGround;
  let s3: S3Client;
  beforeAll(async () => {
    test = await startTestGround((ground) => [createStoragePart(ground)]);
    s3 = new S3Client(test.client);
  });
  afterAll(() => test.close());

  const account = { region: 'us-east-1', accountId: '123456789012' };
  const destinations = (objectKey: string) => ({
    here: { bucketName: 'assets-${AWS::AccountId}-${AWS::Region}', objectKey },
  });

  it('go to the bucket that templates name, directories as zip archives', async () => {
    await write('asset.1/index.js', 'code');
    await write('template.json', '{}');
    await write('Stack.assets.json', {
      files: {
        one: { source: { path: 'asset.1', packaging: 'zip' }, destinations: destinations('1.zip') },
        two: { source: { path: 'template.json', packaging: 'file' }, destinations: destinations('2.json') },
      },
    });
    const assets = createAssets({ s3, ...account });

    await assets.publish(join(directory, 'Stack.assets.json'));

    const Bucket = 'assets-123456789012-us-east-1';
    const archive = await s3.send(new GetObjectCommand({ Bucket, Key: '1.zip' }));
    const template = await s3.send(new GetObjectCommand({ Bucket, Key: '2.json' }));
    expect(
      Buffer.from((await archive.Body?.transformToByteArray()) ?? [])
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect(await template.Body?.transformToString()).toBe('{}');
    expect(assets.directoryOf(Bucket, '1.zip')).toBe(join(directory, 'asset.1'));
    expect(assets.directoryOf(Bucket, '2.json')).toBeUndefined();
  });

  it('that are container images are refused by name', async () => {
    await write('Stack.assets.json', { dockerImages: { 'image-1': {} } });

    await expect(createAssets({ s3, ...account }).publish(join(directory, 'Stack.assets.json'))).rejects.toThrow(
      'image-1',
    );
  });
});

describe('a zip archive of a directory', () => {
  it('keeps paths and modes, and depends on content alone', async () => {
    await write('appspec.yml', 'version: 0.0');
    await write('scripts/start', '#!/bin/sh');
    await chmod(join(directory, 'scripts/start'), 0o755);
    await chmod(join(directory, 'appspec.yml'), 0o644);

    const archive = await zipDirectory(directory);
    await write('appspec.yml', 'version: 0.0');
    const again = await zipDirectory(directory);

    const entries: [string, string][] = [];
    for await (const { fileName, externalFileAttributes } of (await fromBufferPromise(archive)).eachEntry()) {
      entries.push([fileName, ((externalFileAttributes >>> 16) & 0o777).toString(8)]);
    }
    expect(entries).toEqual([
      ['appspec.yml', '644'],
      ['scripts/start', '755'],
    ]);
    expect(again.equals(archive)).toBe(true);
  });
});
