import { createHash } from 'node:crypto';
import { AwsError, type AwsRequest, type AwsResponse } from '../endpoint/service.ts';
import type { Ground } from '../part.ts';
import type { Access } from '../permissions/access.ts';
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
  readonly #claim: Surroundings['claim'];
  readonly #urls = new Map<string, FunctionUrl>();
  readonly #claimed = new Map<string, () => void>();

  constructor(ground: Ground, functions: FunctionRegistry, { route, claim, isSigned, metric }: Surroundings) {
    this.#ground = ground;
    this.#functions = functions;
    this.#isSigned = isSigned;
    this.#metric = metric;
    this.#claim = claim;
    route(PREFIX, (request) => this.#answerBelowPrefix(request));
  }

  /**
   * @param signingName a service whose clients the function answers at the endpoint itself
   * @returns the URL, with a slash at its end
   * @throws Error when the signing name is served already
   */
  create(functionArn: string, authType: FunctionUrl['authType'], signingName?: string): string {
    this.remove(functionArn);
    const urlId = idFor(functionArn);
    const url = { urlId, functionArn, authType, createdAt: this.#ground.clock.now() };
    if (signingName !== undefined) {
      this.#claimed.set(
        urlId,
        this.#claim(signingName, (request) => this.#answer(url, request.path, request, signingName)),
      );
    }
    this.#urls.set(urlId, url);
    return this.#address(urlId);
  }

  remove(functionArn: string): void {
    const urlId = idFor(functionArn);
    this.#urls.delete(urlId);
    this.#claimed.get(urlId)?.();
    this.#claimed.delete(urlId);
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

  async #answerBelowPrefix(request: AwsRequest): Promise<AwsResponse> {
    const [urlId = '', ...segments] = request.path.slice(PREFIX.length).split('/');
    const url = this.#urls.get(urlId);
    return url ? this.#answer(url, `/${segments.join('/')}`, request) : FORBIDDEN;
  }

  /** @param signedFor the service that the signature must be for */
  async #answer(url: FunctionUrl, path: string, request: AwsRequest, signedFor = 'lambda'): Promise<AwsResponse> {
    if (url.authType === 'AWS_IAM' && !(await this.#isAllowed(url, request, signedFor))) return FORBIDDEN;

    const { region, accountId, clock } = this.#ground;
    const event = urlEvent({ ...url, region, accountId }, path, request, clock.now());
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
  async #isAllowed(url: FunctionUrl, request: AwsRequest, signedFor: string): Promise<boolean> {
    const { caller, headers } = request;
    if (request.service !== signedFor) return false;
    if (caller.roleArn !== undefined && !(await this.#isSigned(request))) return false;
    return (await this.#ground.permissions.refusal(caller, accessTo(url), headers)) === undefined;
  }
}

/**
 * A function behind a URL is reached with leave for both: to use the URL, and to invoke the function by it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
const accessTo = ({ functionArn, authType }: FunctionUrl): Access[] => [
  {
    action: 'lambda:InvokeFunctionUrl',
    resources: [functionArn],
    context: { 'lambda:FunctionUrlAuthType': authType },
  },
  { action: 'lambda:InvokeFunction', resources: [functionArn], context: { 'lambda:InvokedViaFunctionUrl': 'true' } },
];

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
