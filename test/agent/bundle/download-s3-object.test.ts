import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { downloadS3Object } from '../../../agent/bundle/download-s3-object.ts';
import { send } from '../../../agent/http/send.ts';
import { anEquipment } from '../support/equipment.ts';
import { serve } from '../support/http-server.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const MIB = 1024 * 1024;

type Interference = (request: IncomingMessage, response: ServerResponse, file: string) => boolean;

/** An S3 with one object, that knows ranges and conditions; `interfere` may answer in its place. */
async function s3With(
  object: { content: Buffer; etag: string; version?: string },
  interfere: Interference = () => false,
) {
  const file = join(temporaryDirectory(), 'bundle.tar');
  const asked: string[] = [];
  const pausesMs: number[] = [];
  const server = await serve((request, response) => {
    asked.push(request.headers.range ?? 'all');
    if (interfere(request, response, file)) return;
    answer(object, request, response);
  });
  const { sources } = anEquipment();
  const credentials = { current: () => Promise.resolve({ accessKeyId: 'A', secretAccessKey: 'S', sessionToken: 'T' }) };
  const s3 = {
    ...sources.s3,
    credentials: credentials as typeof sources.s3.credentials,
    endpoint: server.url,
    pause: (ms: number) => Promise.resolve(void pausesMs.push(ms)),
  };
  const download = (wanted: { etag?: string; version?: string } = {}) =>
    downloadS3Object(send, s3, { bucket: 'revisions', key: 'web.zip', ...wanted }, file);
  return { download, asked, pausesMs, file };
}

function answer(
  { content, etag, version }: { content: Buffer; etag: string; version?: string },
  { headers }: IncomingMessage,
  response: ServerResponse,
): void {
  if (headers['if-match'] !== undefined && headers['if-match'] !== etag) {
    response.writeHead(412).end();
    return;
  }
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const part = first === undefined ? content : content.subarray(Number(first), last ? Number(last) + 1 : undefined);
  const names = { etag, ...(version === undefined ? {} : { 'x-amz-version-id': version }) };
  response.writeHead(first === undefined ? 200 : 206, {
    ...names,
    'accept-ranges': 'bytes',
    'content-length': part.length,
  });
  response.end(part);
}

/** Sends the first half, and breaks off once some of it is on the disk. */
function breakOff(content: Buffer, file: string, response: ServerResponse): true {
  response.writeHead(200, { etag: '"e1"', 'accept-ranges': 'bytes', 'content-length': content.length });
  response.write(content.subarray(0, content.length / 2));
  const timer = setInterval(() => {
    if (!existsSync(file) || statSync(file).size === 0) return;
    clearInterval(timer);
    response.destroy();
  }, 5);
  return true;
}

const sha256 = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
};

describe('an object in S3', () => {
  const content = Buffer.from('0123456789'.repeat(20_000));

  it('is downloaded, signed for', async () => {
    let authorization: string | undefined;
    const { download, file } = await s3With({ content, etag: '"e1"' }, ({ headers }) => {
      authorization = headers.authorization;
      return false;
    });

    await download({ etag: 'e1' });

    expect(readFileSync(file).equals(content)).toBe(true);
    expect(authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=A\/\d{8}\/us-east-1\/s3\/aws4_request/);
  });

  it('whose download breaks off is continued where it stopped', async () => {
    let breaks = 1;
    const { download, asked, file } = await s3With({ content, etag: '"e1"' }, (_request, response, file) =>
      breaks-- > 0 ? breakOff(content, file, response) : false,
    );

    await download();

    expect(readFileSync(file).equals(content)).toBe(true);
    expect(asked).toEqual(['all', expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
  });

  it('whose server knows no ranges is downloaded again from the beginning', async () => {
    let breaks = 1;
    const { download, asked, file } = await s3With({ content, etag: '"e1"' }, (_request, response) => {
      if (breaks-- > 0) {
        response.writeHead(200, { etag: '"e1"' });
        response.write('half', () => response.destroy());
        return true;
      }
      response.end(content);
      return true;
    });

    await download();

    expect(readFileSync(file).equals(content)).toBe(true);
    expect(asked).toEqual(['all', 'all']);
  });

  it('that changes after a break is no mixture of two', async () => {
    const object = { content, etag: '"e2"' };
    let breaks = 1;
    const { download } = await s3With(object, (_request, response, file) =>
      breaks-- > 0 ? breakOff(content, file, response) : false,
    );

    await expect(download()).rejects.toThrow('s3://revisions/web.zip changed while it was downloaded. Deploy again.');
  });

  it.each([500, 503, 429])('is asked for again after a %i, with growing pauses', async (status) => {
    let failures = 2;
    const { download, pausesMs, file } = await s3With({ content, etag: '"e1"' }, (_request, response) => {
      if (failures-- <= 0) return false;
      response.writeHead(status).end('<Error><Code>SlowDown</Code></Error>');
      return true;
    });

    await download();

    expect(pausesMs).toEqual([300, 1000]);
    expect(readFileSync(file).equals(content)).toBe(true);
  });

  it('is given up in the end, with the reason and a remedy', async () => {
    const { download, pausesMs } = await s3With({ content, etag: '"e1"' }, (_request, response) => {
      response.destroy();
      return true;
    });

    await expect(download()).rejects.toThrow(
      /^Could not download s3:\/\/revisions\/web\.zip: .*\. Try using s3 endpoint override\.$/,
    );

    expect(pausesMs).toHaveLength(5);
  });

  it.each([
    [{ etag: '"e2"' }, 'Expected deployment artifact bundle etag e2 but was actually e1'],
    [{ version: 'v2' }, 'Expected deployment artifact bundle version v2 but was actually v1'],
  ])('that is not the one wanted, %j, is refused', async (wanted, message) => {
    const { download, asked, file } = await s3With({ content, etag: '"e1"', version: 'v1' });

    await expect(download(wanted)).rejects.toThrow(message);

    expect(asked).toHaveLength(1);
    expect(existsSync(file)).toBe(false);
  });

  it('larger than the disk is refused before a byte is written', async () => {
    const { download, file } = await s3With({ content, etag: '"e1"' }, (_request, response) => {
      response.writeHead(200, { etag: '"e1"', 'content-length': String(2 ** 50) }).flushHeaders();
      return true;
    });

    await expect(download()).rejects.toThrow(
      new RegExp(
        `^The disk is full: no room for ${file} \\(1\\.0 PiB needed, [\\d.]+ \\wiB available on its disk\\)\\. Free`,
      ),
    );

    expect(existsSync(file)).toBe(false);
  });
});

describe('a large object in S3', () => {
  const content = Buffer.alloc(70 * MIB + 17, 'no two parts are alike, as 16 MiB is no multiple of this text. ');
  const digest = createHash('sha256').update(content).digest('hex');

  it('is downloaded in parts, of which one may break off', async () => {
    let breaks = 1;
    const { download, asked, file } = await s3With({ content, etag: '"e1"' }, ({ headers }, response) => {
      if (headers.range !== 'bytes=16777216-33554431' || breaks-- <= 0) return false;
      response.writeHead(206, { etag: '"e1"', 'content-length': 16 * MIB });
      response.write('half', () => response.destroy());
      return true;
    });

    await download();

    expect(await sha256(file)).toBe(digest);
    expect(asked.filter((range) => range !== 'all').sort()).toEqual([
      'bytes=0-16777215',
      'bytes=16777216-33554431',
      'bytes=16777216-33554431',
      'bytes=33554432-50331647',
      'bytes=50331648-67108863',
      'bytes=67108864-73400336',
    ]);
  });

  it('that changes meanwhile is refused', async () => {
    const object = { content, etag: '"e1"' };
    const { download } = await s3With(object, ({ headers }) => {
      if (headers.range?.startsWith('bytes=3355')) object.etag = '"e2"';
      return false;
    });

    await expect(download()).rejects.toThrow('changed while it was downloaded');
  });
});
