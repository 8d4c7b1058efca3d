import { Sha256 } from '@smithy/core/checksum';
import { GetFunctionUrlConfigCommand } from '@aws-sdk/client-lambda';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientSettings } from '../ground.ts';
import { startLambdaGround, type LambdaGround } from './lambda-ground.ts';

const INSTANCE_ROLE = 'arn:aws:iam::123456789012:role/instance-role';

let cloud: LambdaGround;
let url: string;
beforeAll(async () => {
  cloud = await startLambdaGround();
  const functionArn = await cloud.addFunction('commands', `exports.handler = async (event) => event;`);
  url = await addUrl(functionArn);
});
afterAll(() => cloud.close());

async function addUrl(TargetFunctionArn: string, AuthType = 'AWS_IAM'): Promise<string> {
  const { attributes } = await cloud.provision('AWS::Lambda::Url', { TargetFunctionArn, AuthType });
  return String(attributes?.['FunctionUrl']);
}

interface Call {
  readonly url: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly service?: string;
}

/** A request as an instance signs it. */
async function signed(call: Call, credentials = asInstance('i-0a1b2c').credentials): Promise<Response> {
  const { hostname, host, pathname, searchParams, protocol } = new URL(call.url);
  const signer = new SignatureV4({
    credentials,
    region: 'us-east-1',
    service: call.service ?? 'lambda',
    sha256: Sha256,
  });
  const { body = '', headers = {} } = call;
  const request = await signer.sign({
    method: 'POST',
    protocol,
    hostname,
    path: pathname,
    query: Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)])),
    headers: { host, ...headers },
    body,
  });
  return fetch(call.url, { method: 'POST', headers: request.headers, body });
}

const asInstance = (instanceId: string): ClientSettings => cloud.as(INSTANCE_ROLE, instanceId);

describe('a function URL', () => {
  it('tells the function who calls', async () => {
    const { credentials } = asInstance('i-0a1b2c');

    const event = (await (await signed({ url }, credentials)).json()) as { requestContext: Record<string, unknown> };

    expect(event.requestContext['accountId']).toBe('123456789012');
    expect(event.requestContext['authorizer']).toEqual({
      iam: {
        accessKey: credentials.accessKeyId,
        accountId: '123456789012',
        callerId: expect.stringMatching(/^AROA[A-Z2-7]{17}:i-0a1b2c$/) as string,
        cognitoIdentity: null,
        principalOrgId: null,
        userArn: 'arn:aws:sts::123456789012:assumed-role/instance-role/i-0a1b2c',
        userId: expect.stringMatching(/:i-0a1b2c$/) as string,
      },
    });
  });

  it('hands the request on in payload format 2.0', async () => {
    const call = {
      url: `${url}hosts/web?tag=a&tag=b&empty=`,
      headers: { 'content-type': 'application/json', cookie: 'a=1; b=2', 'x-amz-target': 'Poll' },
      body: '{"a":1}',
    };

    const event = (await (await signed(call)).json()) as Record<string, unknown>;

    expect(event).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/hosts/web',
      rawQueryString: 'tag=a&tag=b&empty=',
      queryStringParameters: { tag: 'a,b', empty: '' },
      cookies: ['a=1', 'b=2'],
      headers: { 'content-type': 'application/json', 'x-amz-target': 'Poll' },
      body: '{"a":1}',
      isBase64Encoded: false,
      pathParameters: null,
      stageVariables: null,
      requestContext: {
        apiId: expect.stringMatching(/^[a-z2-7]{32}$/) as string,
        authentication: null,
        http: { method: 'POST', path: '/hosts/web', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        routeKey: '$default',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as string,
      },
    });
    expect(event['headers']).not.toHaveProperty('authorization');
  });

  it('encodes a body that is no plain text', async () => {
    const call = { url, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: '{}' };

    const event = await (await signed(call)).json();

    expect(event).toMatchObject({ body: Buffer.from('{}').toString('base64'), isBase64Encoded: true });
  });

  it.each([
    ['nobody', () => fetch(url, { method: 'POST' })],
    ['a signature for another service', () => signed({ url, service: 'execute-api' })],
    ['a wrong secret', () => signed({ url }, { ...asInstance('i-0a1b2c').credentials, secretAccessKey: 'guessed' })],
    ['an unknown URL', () => signed({ url: url.replace(/url\/.*/, 'url/nothing/') })],
  ])('refuses %s', async (_, call) => {
    const response = await call();

    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ Message: 'Forbidden' });
  });

  it('lets everybody in, unnamed, with authorization type NONE', async () => {
    const open = await addUrl(await cloud.addFunction('open', `exports.handler = async (event) => event;`), 'NONE');

    const event = (await (await fetch(open)).json()) as { requestContext: object };

    expect(event.requestContext).not.toHaveProperty('authorizer');
  });

  it('shapes the response as the function says', async () => {
    const source = `exports.handler = async () => ({ statusCode: 418, headers: { 'X-Kind': 'tea' },
      body: Buffer.from('short and stout').toString('base64'), isBase64Encoded: true });`;
    const teapot = await addUrl(await cloud.addFunction('teapot', source));

    const response = await signed({ url: teapot });

    expect([response.status, response.headers.get('x-kind'), await response.text()]).toEqual([
      418,
      'tea',
      'short and stout',
    ]);
  });

  it('keeps an error of the function inside', async () => {
    const failing = await addUrl(
      await cloud.addFunction('failing', `exports.handler = async () => { throw new Error('secret'); };`),
    );

    const response = await signed({ url: failing });

    expect([response.status, await response.text()]).toEqual([502, 'Internal Server Error']);
  });

  it('counts answers by their status, whether or not the function itself failed', async () => {
    const functionArn = await cloud.addFunction('unwell', `exports.handler = async () => ({ statusCode: 500 });`);
    const before = cloud.metrics.length;

    await signed({ url: await addUrl(functionArn) });

    const counted = Object.fromEntries(cloud.metrics.slice(before).map(({ name, value }) => [name, value]));
    expect(counted).toMatchObject({ UrlRequestCount: 1, Url4xxCount: 0, Url5xxCount: 1, Errors: 0 });
  });

  it('can be asked for by the function’s name', async () => {
    const config = await cloud.lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: 'commands' }));

    expect(config).toMatchObject({ FunctionUrl: url, AuthType: 'AWS_IAM' });
  });
});

describe('a function that plays a service', () => {
  it('answers whoever signs for the service at the endpoint itself, and knows who calls', async () => {
    const TargetFunctionArn = await cloud.addFunction('deployer', `exports.handler = async (event) => event;`);
    const metadata = { 'Rehearsal::SigningName': 'codedeploy' };
    await cloud.provision('AWS::Lambda::Url', { TargetFunctionArn, AuthType: 'AWS_IAM' }, 'Url', metadata);

    const response = await signed({ url: `${cloud.endpoint.url()}/`, service: 'codedeploy' });

    expect(await response.json()).toMatchObject({
      rawPath: '/',
      requestContext: { authorizer: { iam: { userArn: expect.stringContaining('i-0a1b2c') as string } } },
    });
  });

  it('leaves nobody else’s service to itself', async () => {
    const TargetFunctionArn = await cloud.addFunction('second', `exports.handler = async (event) => event;`);
    const provisioning = cloud.provision('AWS::Lambda::Url', { TargetFunctionArn, AuthType: 'AWS_IAM' }, 'Url', {
      'Rehearsal::SigningName': 'lambda',
    });

    await expect(provisioning).rejects.toThrow(/'lambda' is served already/);
  });
});
