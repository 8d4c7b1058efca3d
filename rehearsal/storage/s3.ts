import type { AwsRequest, AwsResponse, Service } from '../endpoint/service.ts';
import type { EmbeddedStores } from './embedded-stores.ts';
import { s3Access } from './s3-access.ts';

/**
 * S3 by fauxqs. It takes a subresource that it does not know (`?policy`, `?versioning`) for the bucket or object itself:
 * what it does not play is refused here, before a `PUT ?policy` could make a bucket.
 */
export function s3(stores: EmbeddedStores): Service {
  return {
    signingNames: ['s3'],
    access: s3Access,
    async handle(request) {
      const unplayed = [...request.query.keys()].find((name) => !isPlayed(name));
      return unplayed === undefined ? stores.forward('fauxqs', request) : notImplemented(unplayed, request);
    },
  };
}

const PLAYED = [
  ['attributes', 'delete', 'lifecycle', 'renameObject', 'uploads', 'uploadId', 'partNumber'],
  ['list-type', 'prefix', 'delimiter', 'max-keys', 'marker', 'continuation-token', 'start-after', 'fetch-owner'],
  ['encoding-type', 'x-id'],
].flat();

const isPlayed = (name: string): boolean => PLAYED.includes(name) || /^(x-amz-|response-)/i.test(name);

function notImplemented(parameter: string, { requestId, method }: AwsRequest): AwsResponse {
  const message = `The rehearsal does not play ${method} with ?${encodeURIComponent(parameter)}`;
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NotImplemented</Code><Message>${message}</Message><RequestId>${requestId}</RequestId></Error>`;
  return { status: 501, headers: { 'content-type': 'application/xml' }, body };
}
