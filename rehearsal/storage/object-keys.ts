import type { AwsRequest } from '../endpoint/service.ts';
import type { Access } from '../permissions/access.ts';

/** Where keys and S3 are. */
interface Place {
  readonly region: string;
  readonly accountId: string;
}

const ALGORITHM = 'x-amz-server-side-encryption';
const KEY_ID = 'x-amz-server-side-encryption-aws-kms-key-id';

/**
 * With which keys of KMS objects say that they are encrypted. Nothing is; but who writes or reads such an object needs
 * leave for its key as well, through S3. AWS's own key for S3 is everybody's who may use the object.
 */
export class ObjectKeys {
  readonly #place: Place;
  /** ARNs of keys, by the path of the object. */
  readonly #keys = new Map<string, string>();

  constructor(place: Place) {
    this.#place = place;
  }

  /** Leave for the key of an object, beside that for the object. Headers of an object can be had without. */
  access(request: AwsRequest): Access[] {
    if (isUpload(request)) return this.#leave('kms:GenerateDataKey', this.#keyIn(request));
    return request.method === 'GET' ? this.#leave('kms:Decrypt', this.#keys.get(request.path)) : [];
  }

  /** Takes note of an object that was written or deleted. */
  note(request: AwsRequest): void {
    if (isUpload(request)) {
      const key = this.#keyIn(request);
      if (key === undefined) this.#keys.delete(request.path);
      else this.#keys.set(request.path, key);
    }
    if (request.method === 'DELETE') this.#keys.delete(request.path);
  }

  /** What S3 says of an object's encryption. */
  headersOf({ method, path }: AwsRequest): Readonly<Record<string, string>> {
    const key = method === 'GET' || method === 'HEAD' ? this.#keys.get(path) : undefined;
    return key === undefined ? {} : { [ALGORITHM]: 'aws:kms', [KEY_ID]: key };
  }

  #leave(action: string, key: string | undefined): Access[] {
    const context = { 'kms:ViaService': `s3.${this.#place.region}.amazonaws.com` };
    return key === undefined ? [] : [{ action, resources: [key], context }];
  }

  #keyIn({ headers }: AwsRequest): string | undefined {
    const id = headers[ALGORITHM]?.startsWith('aws:kms') ? headers[KEY_ID] : undefined;
    if (id === undefined || id.startsWith('arn:')) return id;
    return `arn:aws:kms:${this.#place.region}:${this.#place.accountId}:key/${id}`;
  }
}

/** A whole object, or the beginning of one that comes in parts. */
function isUpload({ method, query }: AwsRequest): boolean {
  return method === 'POST' ? query.has('uploads') : method === 'PUT' && !query.has('uploadId');
}
