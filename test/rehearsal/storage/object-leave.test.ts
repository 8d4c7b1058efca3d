import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createIdentityPart } from '../../../rehearsal/identity/create-identity-part.ts';
import { createStoragePart } from '../../../rehearsal/storage/create-storage-part.ts';
import { startTestGround, type TestGround } from '../ground.ts';

const KEY_ARN = 'arn:aws:kms:us-east-1:123456789012:key/1234';
const Bucket = 'revisions';
let test: TestGround;

beforeAll(async () => {
  test = await startTestGround((ground) => [createIdentityPart(ground), createStoragePart(ground)], { enforced: true });
  const s3 = new S3Client(test.client);
  const encryption = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: '1234' } as const;
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'web.zip', Body: 'web' }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'encrypted.zip', Body: 'web', ...encryption }));
});
afterAll(() => test.close());

let roles = 0;

/** A client of a role that may do this much. */
async function roleThatMay(...Statement: readonly object[]): Promise<S3Client> {
  const { attributes } = await test.provision('AWS::IAM::Role', {
    RoleName: `Reader${roles++}`,
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
    },
    Policies: [{ PolicyName: 'Work', PolicyDocument: { Version: '2012-10-17', Statement } }],
  });
  return new S3Client(test.as(String(attributes?.['Arn'])));
}

const objects = (action: string) => ({ Effect: 'Allow', Action: action, Resource: `arn:aws:s3:::${Bucket}/*` });
const list = { Effect: 'Allow', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${Bucket}` };
const decrypt = {
  Effect: 'Allow',
  Action: 'kms:Decrypt',
  Resource: KEY_ARN,
  Condition: { StringLike: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
};

it('tells those alone that an object is missing who may list its bucket', async () => {
  const [reader, lister] = [
    await roleThatMay(objects('s3:GetObject')),
    await roleThatMay(objects('s3:GetObject'), list),
  ];
  const missing = new GetObjectCommand({ Bucket, Key: 'missing.zip' });

  await expect(reader.send(missing)).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(reader.send(new HeadObjectCommand(missing.input))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 403 },
  });
  await expect(lister.send(missing)).rejects.toMatchObject({ name: 'NoSuchKey' });
});

it('gives an encrypted object to those alone who may use its key', async () => {
  const [reader, holder] = [
    await roleThatMay(objects('s3:GetObject')),
    await roleThatMay(objects('s3:GetObject'), decrypt),
  ];
  const encrypted = new GetObjectCommand({ Bucket, Key: 'encrypted.zip' });

  const { SSEKMSKeyId } = await reader.send(new HeadObjectCommand(encrypted.input));

  expect(SSEKMSKeyId).toBe(KEY_ARN);
  await expect(reader.send(encrypted)).rejects.toThrow(/kms:Decrypt on resource: \S+key\/1234/);
  await expect(holder.send(encrypted)).resolves.toMatchObject({ ServerSideEncryption: 'aws:kms' });
});

it('asks for another action where a version is named, which is null in a bucket without versions', async () => {
  const [reader, historian] = [
    await roleThatMay(objects('s3:GetObject')),
    await roleThatMay(objects('s3:GetObjectVersion')),
  ];
  const version = new GetObjectCommand({ Bucket, Key: 'web.zip', VersionId: 'null' });

  await expect(reader.send(version)).rejects.toThrow(/s3:GetObjectVersion/);
  const { Body } = await historian.send(version);
  expect(await Body?.transformToString()).toBe('web');
});
