import type { HttpResponse, Send } from '../http/send.ts';
import { readText } from '../http/send.ts';
import { sign } from '../http/sign.ts';
import type { InstanceCredentials } from '../metadata/instance-credentials.ts';
import type { Pause } from './attempts.ts';
import { BundleError } from './bundle-error.ts';
import type { S3Location } from './s3-object-url.ts';
import { s3ObjectUrl } from './s3-object-url.ts';

/** How this host reaches S3. */
export interface S3Access {
  readonly region: string;
  readonly domain: string;
  /** Instead of S3's own. */
  readonly endpoint?: URL;
  readonly credentials: Pick<InstanceCredentials, 'current'>;
  readonly timeoutMs: number;
  readonly proxy?: URL;
  readonly signal?: AbortSignal;
  readonly pause: Pause;
}

/** Which bytes of which state of an object. */
interface Part {
  readonly firstByte: number;
  /** @default the object's last */
  readonly lastByte?: number;
  /** The answer is refused if the object is no longer this one. */
  readonly etag: string;
}

/** An object in S3, as the revision of a deployment names it. */
export class S3Object {
  readonly #send: Send;
  readonly #s3: S3Access;
  readonly #location: S3Location & { readonly etag?: string };

  constructor(send: Send, s3: S3Access, location: S3Location & { readonly etag?: string }) {
    this.#send = send;
    this.#s3 = s3;
    this.#location = location;
  }

  get name(): string {
    return `s3://${this.#location.bucket}/${this.#location.key}`;
  }

  /**
   * Asks for the object, or for a part of it.
   * @throws BundleError with S3's own message, or when the object is not the one expected; other errors may pass
   */
  async get(part?: Part, givenUp?: AbortSignal): Promise<HttpResponse> {
    const signal = AbortSignal.any([this.#s3.signal, givenUp].filter((one) => one !== undefined));
    const headers = part ? { range: `bytes=${part.firstByte}-${part.lastByte ?? ''}`, 'if-match': part.etag } : {};
    const response = await this.#getInItsRegion(headers, signal);
    if (response.status !== (part ? 206 : 200)) throw await this.#toError(response);
    try {
      this.#requireSameObject(response);
    } catch (error) {
      response.body.destroy();
      throw error;
    }
    return response;
  }

  /** A bucket may lie in another region than the host; S3 then says in which. */
  async #getInItsRegion(headers: Record<string, string>, signal: AbortSignal): Promise<HttpResponse> {
    const { region: own, endpoint } = this.#s3;
    const response = await this.#sendSigned(own, headers, signal);
    const region = response.headers['x-amz-bucket-region'];
    if (response.status < 300 || typeof region !== 'string' || region === own || endpoint) return response;
    response.body.resume();
    return this.#sendSigned(region, headers, signal);
  }

  async #sendSigned(region: string, headers: Record<string, string>, signal: AbortSignal): Promise<HttpResponse> {
    const { timeoutMs, proxy, credentials } = this.#s3;
    const url = s3ObjectUrl(this.#location, { ...this.#s3, region });

    const request = { method: 'GET', url, headers, timeoutMs, signal, ...(proxy ? { proxy } : {}) } as const;
    return this.#send(await sign(request, { service: 's3', region, credentials: await credentials.current() }));
  }

  async #toError(response: HttpResponse): Promise<Error> {
    const { status } = response;
    const xml = await readText(response);
    if (status === 412) return new BundleError(`${this.name} changed while it was downloaded. Deploy again.`);
    const [code, message] = ['Code', 'Message'].map((tag) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1]);
    const text = `${message ?? `S3 answers ${status}`} (${code ?? status}, ${this.name})`;
    return status >= 500 || status === 429 || status < 300 ? new Error(text) : new BundleError(text);
  }

  #requireSameObject({ headers }: HttpResponse): void {
    const { etag, version } = this.#location;
    const bare = (text: string | undefined): string | undefined => text?.replaceAll('"', '');
    if (etag !== undefined && bare(etag) !== bare(headers.etag)) {
      throw new BundleError(
        `Expected deployment artifact bundle etag ${bare(etag)} but was actually ${bare(headers.etag)}`,
      );
    }
    const actualVersion = headers['x-amz-version-id'] ?? version;
    if (version !== undefined && actualVersion !== version) {
      throw new BundleError(
        `Expected deployment artifact bundle version ${version} but was actually ${String(actualVersion)}`,
      );
    }
  }
}
