import { Readable } from 'node:stream';
import type { AwsRequest, AwsResponse } from './service.ts';

/** The operation's name where the protocol carries one; `PUT /bucket/key` for REST services that do not tell. */
export function operationOf({ headers, query, body, method, path }: AwsRequest): string {
  const target = headers['x-amz-target'];
  if (target) return target.slice(target.lastIndexOf('.') + 1);
  const rpc = /\/operation\/(\w+)$/.exec(path)?.[1]; // rpc-v2-cbor
  if (rpc) return rpc;
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const action = query.get('Action') ?? (form ? new URLSearchParams(body.toString('utf8')).get('Action') : null);
  return action ?? `${method} ${path}`;
}

/** The error code in a failed response, wherever its protocol puts it. */
export function errorCodeIn({ status, headers, body }: AwsResponse): string | undefined {
  if (status < 400) return undefined;
  const stated = headers?.['x-amzn-errortype'];
  if (stated) return stated;
  const text = body instanceof Readable ? '' : body.toString();
  return (
    /<Code>([^<]+)<\/Code>/.exec(text)?.[1] ?? /"__type"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(text)?.[1] ?? String(status)
  );
}
