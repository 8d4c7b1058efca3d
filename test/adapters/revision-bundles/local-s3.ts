import type { AddressInfo } from 'node:net';

import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { buildApp } from 'fauxqs';
import { afterAll, beforeAll } from 'vitest';

/** An S3 of this process, with one bucket. */
export interface LocalS3 {
  readonly client: S3Client;
  readonly bucket: string;
  /** @returns its ETag */
  put(key: string, content: Buffer | string): Promise<string>;
}

/** @returns to be read within tests only */
export function localS3(): LocalS3 {
  const app = buildApp({ logger: false });
  const bucket = 'revisions';
  const local = { bucket } as { -readonly [Part in keyof LocalS3]: LocalS3[Part] };

  beforeAll(async () => {
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    local.client = new S3Client({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      forcePathStyle: true,
    });
    local.put = async (Key, Body) =>
      (await local.client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))).ETag ?? '';
    await local.client.send(new CreateBucketCommand({ Bucket: bucket }));
  });
  afterAll(async () => {
    local.client.destroy();
    await app.close();
  });
  return local;
}
