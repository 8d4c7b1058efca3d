import { createHash } from 'node:crypto';
import { AwsError, type AwsRequest, type AwsResponse } from '../endpoint/service.ts';
import type { Ground } from '../part.ts';
import type { FunctionRegistry } from './function-registry.ts';
import type { LambdaFunction } from './lambda-function.ts';
import type { Surroundings } from './surroundings.ts';
import { urlEvent } from './url-event.ts';
import { urlResponse } from './url-response.ts';

const PREFIX = '/_/url/';

interface FunctionUrl {
  readonly urlId: string;
  readonly functionArn: string;
  readonly authType: 'AWS_IAM' | 'NONE';
  readonly createdAt: number;
}

/** Functions reached by plain HTTP, each below a path of the endpoint. */
export class FunctionUrls {
  readonly #ground: Ground;
  readonly #functions: FunctionRegistry;
  readonly #isSigned: Surroundings['isSigned'];
  readonly #metric: Surroundings['metric'];
  readonly #urls = new Map<string, FunctionUrl>();

  constructor(ground: Ground, functions: FunctionRegistry, { route, isSigned, metric }: Surroundings) {
    this.#ground = ground;
    this.#functions = functions;
    this.#isSigned = isSigned;
    this.#metric = metric;
    route(PREFIX, (request) => this.#answer(request));
  }

  /** @returns the URL, with a slash at its end */
  create(functionArn: string, authType: FunctionUrl['authType']): string {
    const urlId = idFor(functionArn);
    this.#urls.set(urlId, { urlId, functionArn, authType, createdAt: this.#ground.clock.now() });
    return this.#address(urlId);
  }

  remove(functionArn: string): void {
    this.#urls.delete(idFor(functionArn));
  }

  /** @throws AwsError ResourceNotFoundException */
  describe(lambda: LambdaFunction): object {
    const [found] = this.list(lambda);
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', { status: 404 });
  }

  list({ configuration: { functionArn } }: LambdaFunction): object[] {
    const url = this.#urls.get(idFor(functionArn));
    if (!url) return [];
    const at = new Date(url.createdAt).toISOString();
    const { authType } = url;
    const FunctionUrl = this.#address(url.urlId);
    return [
      {
        FunctionUrl,
        FunctionArn: functionArn,
        AuthType: authType,
        CreationTime: at,
        LastModifiedTime: at,
        InvokeMode: 'BUFFERED',
      },
    ];
  }

  #address(urlId: string): string {
    return `${this.#ground.endpoint()}${PREFIX}${urlId}/`;
  }

  async #answer(request: AwsRequest): Promise<AwsResponse> {
    const [urlId = '', ...segments] = request.path.slice(PREFIX.length).split('/');
    const url = this.#urls.get(urlId);
    if (!url || (url.authType === 'AWS_IAM' && !(await this.#isAllowed(request)))) return FORBIDDEN;

    const { region, accountId, clock } = this.#ground;
    const event = urlEvent({ ...url, region, accountId }, `/${segments.join('/')}`, request, clock.now());
    try {
      const lambda = this.#functions.find(url.functionArn);
      const response = urlResponse(await lambda.invoke(JSON.stringify(event), { requestId: request.requestId }));
      this.#count(lambda, response);
      return response;
    } catch (error) {
      if (error instanceof AwsError && error.status === 429)
        return { status: 429, body: '{"Message":"Rate Exceeded."}' };
      throw error;
    }
  }

  #count({ configuration: { functionName } }: LambdaFunction, { status }: AwsResponse): void {
    const count = (name: string, value: number): void =>
      this.#metric('AWS/Lambda', name, { FunctionName: functionName }, value);
    count('UrlRequestCount', 1);
    count('Url4xxCount', status >= 400 && status < 500 ? 1 : 0);
    count('Url5xxCount', status >= 500 ? 1 : 0);
  }

  /** The account's own user may come with any key, which nobody could verify; a role must prove itself. */
  async #isAllowed(request: AwsRequest): Promise<boolean> {
    if (request.service !== 'lambda') return false;
    return request.caller.roleArn === undefined || this.#isSigned(request);
  }
}

const FORBIDDEN: AwsResponse = {
  status: 403,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' },
  body: '{"Message":"Forbidden"}',
};

/** 32 lower-case letters and digits, the same for a function as long as it exists. */
const idFor = (functionArn: string): string =>
  [...createHash('sha256').update(functionArn).digest()]
    .map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32])
    .join('');
