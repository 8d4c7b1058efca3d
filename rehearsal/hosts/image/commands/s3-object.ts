import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { IncomingMessage } from 'node:http';
import { findCredentials } from './role-credentials.ts';
import { send } from './send.ts';

/** Where an object lies. */
export interface S3Object {
  readonly bucket: string;
  readonly key: string;
}

/**
 * Reads or writes an object. Without the SDK's client, whose time to load every start of every machine would pay.
 * @param body of a PUT
 * @throws Error named after S3's error code
 */
export async function s3Object(method: 'GET' | 'PUT', object: S3Object, body?: Buffer): Promise<IncomingMessage> {
  const url = addressOf(object);
  const signer = new SignatureV4({
    service: 's3',
    region: process.env.AWS_REGION ?? 'us-east-1',
    sha256: Sha256,
    uriEscapePath: false,
    credentials: findCredentials,
  });
  const { headers } = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: {
      host: url.host,
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      ...(body && { 'content-length': String(body.length) }),
    },
  });
  return send(url, method, headers, body);
}

/** The bucket in the path: a loopback endpoint has no host name per bucket. */
function addressOf({ bucket, key }: S3Object): URL {
  const path = [bucket, ...key.split('/')].map(
    // What a signature takes to be escaped, and encodeURIComponent leaves alone.
    (part) =>
      encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
  );
  return new URL(`/${path.join('/')}`, process.env.AWS_ENDPOINT_URL);
}
