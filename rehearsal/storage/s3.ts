import type { AwsRequest, AwsResponse, Service } from '../endpoint/service.ts';
import type { Policies } from '../permissions/policies.ts';
import { BucketPolicies } from './bucket-policies.ts';
import type { EmbeddedStores } from './embedded-stores.ts';
import { s3Access } from './s3-access.ts';

/**
 * S3 by fauxqs, and policies of buckets. fauxqs takes a subresource that it does not know (`?versioning`) for the bucket
 * or object itself: what it does not play is refused here, before a `PUT ?versioning` could make a bucket.
 */
export function s3(stores: EmbeddedStores, policies: Policies): Service {
  const bucketPolicies = new BucketPolicies(policies);
  return {
    signingNames: ['s3'],
    access: s3Access,
    async handle(request) {
      if (request.query.has('policy')) return bucketPolicies.handle(request);
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
