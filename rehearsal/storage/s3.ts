import { accessDenied } from '../endpoint/protocols/access-denied.ts';
import type { AwsRequest, AwsResponse, Service } from '../endpoint/service.ts';
import type { Ground } from '../part.ts';
import { BucketPolicies } from './bucket-policies.ts';
import type { EmbeddedStores } from './embedded-stores.ts';
import { ObjectKeys } from './object-keys.ts';
import { listing, s3Access } from './s3-access.ts';

/**
 * S3 by fauxqs, policies of buckets, and keys of objects. fauxqs takes a subresource that it does not know
 * (`?versioning`) for the bucket or object itself: what it does not play is refused here, before a `PUT ?versioning`
 * could make a bucket.
 */
export function s3(stores: EmbeddedStores, ground: Pick<Ground, 'permissions' | 'region' | 'accountId'>): Service {
  const { permissions } = ground;
  const bucketPolicies = new BucketPolicies(permissions.policies);
  const objectKeys = new ObjectKeys(ground);

  /** Who may not list a bucket is not told what is missing from it. */
  const withoutSecrets = async (request: AwsRequest, response: AwsResponse): Promise<AwsResponse> => {
    if (!isMissing(request, response)) return response;
    const refusal = await permissions.refusal(request.caller, listing(request), request.headers);
    return refusal ? accessDenied(request, refusal) : response;
  };

  return {
    signingNames: ['s3'],
    access: (request) => [...s3Access(request), ...objectKeys.access(request)],
    async handle(request) {
      if (request.query.has('policy')) return bucketPolicies.handle(request);
      const unplayed = [...request.query].find(([name, value]) => !isPlayed(name, value));
      if (unplayed) return notImplemented(unplayed[0], request);
      const response = await stores.forward('fauxqs', withoutVersion(request));
      if (response.status >= 300) return withoutSecrets(request, response);
      objectKeys.note(request);
      return { ...response, headers: { ...response.headers, ...objectKeys.headersOf(request) } };
    },
  };
}

const PLAYED = [
  ['attributes', 'delete', 'lifecycle', 'renameObject', 'uploads', 'uploadId', 'partNumber'],
  ['list-type', 'prefix', 'delimiter', 'max-keys', 'marker', 'continuation-token', 'start-after', 'fetch-owner'],
  ['encoding-type', 'x-id'],
].flat();

const isPlayed = (name: string, value: string): boolean =>
  PLAYED.includes(name) || /^(x-amz-|response-)/i.test(name) || (name === 'versionId' && value === UNVERSIONED);

/** The version of every object in a bucket without versioning. */
const UNVERSIONED = 'null';

function withoutVersion(request: AwsRequest): AwsRequest {
  if (!request.query.has('versionId')) return request;
  return { ...request, query: new URLSearchParams([...request.query].filter(([name]) => name !== 'versionId')) };
}

/** An object is not there; of a bucket that is not there everybody is told. */
function isMissing({ method }: AwsRequest, { status, body }: AwsResponse): boolean {
  if (status !== 404) return false;
  return method === 'HEAD' || (method === 'GET' && String(body).includes('<Code>NoSuchKey</Code>'));
}

function notImplemented(parameter: string, { requestId, method }: AwsRequest): AwsResponse {
  const message = `The rehearsal does not play ${method} with ?${encodeURIComponent(parameter)}`;
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NotImplemented</Code><Message>${message}</Message><RequestId>${requestId}</RequestId></Error>`;
  return { status: 501, headers: { 'content-type': 'application/xml' }, body };
}
