import type { AwsRequest, AwsResponse } from '../endpoint/service.ts';
import { policyDocument, type Policies } from '../permissions/policies.ts';

/** S3's `?policy` of a bucket: who else may use it, written down for whoever checks calls. */
export class BucketPolicies {
  readonly #policies: Policies;
  /** As they were put, by bucket: who reads a policy gets its own text back. */
  readonly #texts = new Map<string, string>();

  constructor(policies: Policies) {
    this.#policies = policies;
  }

  handle(request: AwsRequest): AwsResponse {
    const bucket = decodeURIComponent(request.path.split('/')[1] ?? '');
    const id = `bucket-policy/${bucket}`;
    switch (request.method) {
      case 'GET': {
        const body = this.#texts.get(bucket);
        if (body === undefined) return refusal(request, 404, 'NoSuchBucketPolicy', 'The bucket policy does not exist');
        return { status: 200, headers: { 'content-type': 'application/json' }, body };
      }
      case 'PUT':
        return this.#put(bucket, id, request);
      case 'DELETE':
        this.#policies.removeResourcePolicy(id);
        this.#texts.delete(bucket);
        return { status: 204, headers: {}, body: '' };
      default:
        return refusal(request, 405, 'MethodNotAllowed', `A bucket policy knows no ${request.method}`);
    }
  }

  #put(bucket: string, id: string, request: AwsRequest): AwsResponse {
    const text = request.body.toString();
    try {
      const document = policyDocument(JSON.parse(text));
      this.#policies.removeResourcePolicy(id);
      this.#policies.putResourcePolicy(`arn:aws:s3:::${bucket}`, { id, document });
    } catch (error) {
      return refusal(request, 400, 'MalformedPolicy', (error as Error).message);
    }
    this.#texts.set(bucket, text);
    return { status: 204, headers: {}, body: '' };
  }
}

function refusal({ requestId }: AwsRequest, status: number, code: string, message: string): AwsResponse {
  const escaped = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escaped}</Message><RequestId>${requestId}</RequestId></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}
