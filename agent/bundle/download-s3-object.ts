import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpResponse, Send } from '../http/send.ts';
import { readText } from '../http/send.ts';
import { sign } from '../http/sign.ts';
import { errorText } from '../log/agent-log.ts';
import type { InstanceCredentials } from '../metadata/instance-credentials.ts';
import { BundleError } from './bundle-error.ts';
import type { S3Location } from './s3-object-url.ts';
import { s3ObjectUrl } from './s3-object-url.ts';

/** How this host reaches S3. */
export interface S3Access {
  readonly region: string;
  readonly domain: string;
  /** Instead of S3's own. */
  readonly endpoint?: URL;
  readonly credentials: InstanceCredentials;
  readonly timeoutMs: number;
  readonly proxy?: URL;
}

const PAUSES_BETWEEN_ATTEMPTS_MS = [300, 1000, 3000];

/**
 * Streams an object of S3 into a file.
 * @throws BundleError with S3's own message, or when the ETag is not the one expected
 */
export async function downloadS3Object(
  send: Send,
  s3: S3Access,
  object: S3Location & { readonly etag?: string },
  file: string,
): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await download(send, s3, object, file);
      return;
    } catch (error) {
      const pauseMs = PAUSES_BETWEEN_ATTEMPTS_MS[attempt];
      if (error instanceof BundleError || pauseMs === undefined) throw describe(error, object);
      await sleep(pauseMs);
    }
  }
}

async function download(send: Send, s3: S3Access, object: S3Location & { etag?: string }, file: string): Promise<void> {
  const response = await getInItsRegion(send, s3, object);
  if (response.status !== 200) throw await toError(response, object);
  requireSameEtag(response, object.etag);
  await pipeline(response.body, createWriteStream(file));
}

/** A bucket may lie in another region than the host; S3 then says in which. */
async function getInItsRegion(send: Send, s3: S3Access, object: S3Location): Promise<HttpResponse> {
  const response = await get(send, s3, object);
  const region = response.headers['x-amz-bucket-region'];
  if (response.status === 200 || typeof region !== 'string' || region === s3.region || s3.endpoint) return response;
  response.body.resume();
  return get(send, { ...s3, region }, object);
}

async function get(send: Send, s3: S3Access, object: S3Location): Promise<HttpResponse> {
  const { timeoutMs, proxy } = s3;
  const request = { method: 'GET', url: s3ObjectUrl(object, s3), timeoutMs, ...(proxy ? { proxy } : {}) } as const;
  return send(await sign(request, { service: 's3', region: s3.region, credentials: await s3.credentials.current() }));
}

async function toError(response: HttpResponse, object: S3Location): Promise<Error> {
  const xml = await readText(response);
  const [code, message] = ['Code', 'Message'].map((tag) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1]);
  const text = `${message ?? `S3 answers ${response.status}`} (${code ?? response.status}, ${nameOf(object)})`;
  return response.status >= 500 || response.status === 429 ? new Error(text) : new BundleError(text);
}

function requireSameEtag(response: HttpResponse, wanted: string | undefined): void {
  const bare = (etag: string | undefined): string | undefined => etag?.replaceAll('"', '');
  const actual = bare(response.headers.etag);
  if (wanted === undefined || bare(wanted) === actual) return;
  response.body.destroy();
  throw new BundleError(`Expected deployment artifact bundle etag ${bare(wanted)} but was actually ${actual}`);
}

function describe(error: unknown, object: S3Location): Error {
  if (error instanceof BundleError) return error;
  if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
    return new BundleError(`The disk is full: no room for ${nameOf(object)}. Free space, then deploy again.`, {
      cause: error,
    });
  }
  return new BundleError(`Could not download ${nameOf(object)}: ${errorText(error)}. Try using s3 endpoint override.`, {
    cause: error,
  });
}

function nameOf({ bucket, key }: S3Location): string {
  return `s3://${bucket}/${key}`;
}
