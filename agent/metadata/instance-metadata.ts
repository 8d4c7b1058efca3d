import type { Send } from '../http/send.ts';
import { readText } from '../http/send.ts';

const DEFAULT_ENDPOINT = 'http://169.254.169.254';
const TOKEN_TTL_SECONDS = 21_600;
const TIMEOUT_MS = 10_000;
/** An answer that would have to make one more hop never comes: to the agent that looks like silence. */
const UNREACHABLE =
  'instance metadata does not answer a request for a token: enable it for the instance ' +
  '(HttpEndpoint, HttpTokens), and in a container raise HttpPutResponseHopLimit to 2';

/** Reads instance metadata, version 2 only: a token first, then values. Never through a proxy. */
export class InstanceMetadata {
  readonly #endpoint: string;
  readonly #send: Send;
  #token: Promise<string> | undefined;

  /** @param endpoint `AWS_EC2_METADATA_SERVICE_ENDPOINT`; the instance's own by default */
  constructor(send: Send, endpoint = DEFAULT_ENDPOINT) {
    this.#send = send;
    this.#endpoint = endpoint.replace(/\/+$/, '');
  }

  /** @returns undefined when the instance has no such value */
  async find(path: string): Promise<string | undefined> {
    const { status, text } = await this.#getWithToken(path);
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`instance metadata answers ${status} to ${path}`);
    return text;
  }

  async get(path: string): Promise<string> {
    const value = await this.find(path);
    if (value === undefined) throw new Error(`instance metadata has no ${path}`);
    return value;
  }

  async #getWithToken(path: string): Promise<{ status: number; text: string }> {
    const first = await this.#request('GET', path, { 'x-aws-ec2-metadata-token': await this.#currentToken() });
    if (first.status !== 401) return first;
    this.#token = undefined; // expired
    return this.#request('GET', path, { 'x-aws-ec2-metadata-token': await this.#currentToken() });
  }

  #currentToken(): Promise<string> {
    this.#token ??= this.#requestToken().catch((error: unknown) => {
      this.#token = undefined;
      throw error;
    });
    return this.#token;
  }

  async #requestToken(): Promise<string> {
    const ttl = { 'x-aws-ec2-metadata-token-ttl-seconds': String(TOKEN_TTL_SECONDS), 'content-length': '0' };
    const { status, text } = await this.#request('PUT', 'api/token', ttl).catch((cause: unknown) => {
      throw new Error(UNREACHABLE, { cause });
    });
    if (status !== 200) throw new Error(`instance metadata issues no token: ${status}; is version 2 enabled?`);
    return text;
  }

  async #request(method: 'GET' | 'PUT', path: string, headers: Record<string, string>) {
    const url = new URL(`${this.#endpoint}/latest/${path}`);
    const response = await this.#send({ method, url, headers, timeoutMs: TIMEOUT_MS });
    return { status: response.status, text: await readText(response) };
  }
}
