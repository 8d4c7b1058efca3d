import { CodeDeployClient, GetDeploymentCommand, ListApplicationsCommand } from '@aws-sdk/client-codedeploy';
import { request } from 'node:http';
import { once } from 'node:events';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { send } from '../../../agent/http/send.ts';
import type { Destination } from '../../../cli/proxy/forward.ts';
import { startProxy } from '../../../cli/proxy/start-proxy.ts';
import { startSlipway } from '../support/command-process.ts';
import { fakeAws, Refused } from '../support/fake-aws.ts';
import { isSignedBy } from '../support/signatures.ts';

const OWN = { accessKeyId: 'AKIDOWN', secretAccessKey: 'own-secret', sessionToken: 'own-token' };
const ANY = { accessKeyId: 'AKIDANY', secretAccessKey: 'whatever' };

const aws = fakeAws();

beforeEach(() => {
  aws.on('ListApplications', async (_input, call) => {
    if (!(await isSignedBy(OWN, 'lambda', call))) throw new Refused('AccessDeniedException', 'Forbidden', 403);
    return { applications: ['web'] };
  });
});

async function aProxy(destination: Partial<Destination> = {}): Promise<{ port: number; seen: string[] }> {
  const seen: string[] = [];
  const own = { url: new URL(aws.url), region: 'eu-west-1', credentials: async () => OWN, send };
  const proxy = await startProxy({ ...own, ...destination }, 0, (operation, status) =>
    seen.push(`${operation} ${status}`),
  );
  onTestFinished(() => proxy.stop());
  return { port: proxy.port, seen };
}

function aClientOf(port: number): CodeDeployClient {
  const client = new CodeDeployClient({
    ...{ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials: ANY, maxAttempts: 1 },
  });
  onTestFinished(() => client.destroy());
  return client;
}

describe('a client of CodeDeploy', () => {
  it('is answered by the function URL, in the name of whoever runs the proxy', async () => {
    const { port, seen } = await aProxy();

    const { applications } = await aClientOf(port).send(new ListApplicationsCommand({ nextToken: 'naïve ✓' }));

    expect(applications).toEqual(['web']);
    expect(aws.inputs('ListApplications')).toEqual([{ nextToken: 'naïve ✓' }]);
    expect(aws.calls[0]?.headers['x-amz-security-token']).toBe('own-token');
    expect(seen).toEqual(['ListApplications 200']);
  });

  it('meets the errors of the API', async () => {
    const { port } = await aProxy();
    aws.on('GetDeployment', () => {
      throw new Refused('DeploymentDoesNotExistException', 'no such deployment');
    });

    const call = aClientOf(port).send(new GetDeploymentCommand({ deploymentId: 'd-1' }));

    await expect(call).rejects.toMatchObject({
      name: 'DeploymentDoesNotExistException',
      message: 'no such deployment',
    });
  });

  it('learns that the credentials behind the proxy may not call the function URL', async () => {
    const { port } = await aProxy({ credentials: async () => ANY });

    const call = aClientOf(port).send(new ListApplicationsCommand({}));

    await expect(call).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('lambda:InvokeFunctionUrl') as string,
    });
  });

  it('learns that there are no credentials behind the proxy, or no function URL', async () => {
    const noCredentials = Object.assign(new Error('none'), { name: 'CredentialsProviderError' });
    const [without, nowhere] = await Promise.all([
      aProxy({ credentials: () => Promise.reject(noCredentials) }),
      aProxy({ url: new URL('http://127.0.0.1:1') }),
    ]);

    const calls = [without, nowhere].map(({ port }) => aClientOf(port).send(new ListApplicationsCommand({})));

    const reasons = (await Promise.allSettled(calls)).map((call) => call.status === 'rejected' && String(call.reason));
    expect(reasons).toEqual([
      expect.stringMatching(/^UnrecognizedClientException: slipway proxy: there are no AWS credentials/),
      expect.stringMatching(/^ServiceUnavailable: slipway proxy: nothing answers \(ECONNREFUSED/),
    ]);
  });
});

describe('a browser', () => {
  const TARGET = { 'x-amz-target': 'CodeDeploy_20141006.ListApplications' };

  async function asked(port: number, headers: OutgoingHttpHeaders, method = 'POST', path = '/'): Promise<string> {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers });
    outgoing.end(method === 'POST' ? '{}' : undefined);
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    await text(response);
    return `${response.statusCode} ${String(response.headers['x-amzn-errortype'])}`;
  }

  it.each([
    ['its origin', { ...TARGET, origin: 'https://evil.example' }],
    ['a page of this machine', { ...TARGET, origin: 'http://localhost:3000' }],
    ['a rebound name', { ...TARGET, host: 'evil.example' }],
    ['another port', { ...TARGET, host: 'localhost:1' }],
    ['its fetch metadata', { ...TARGET, 'sec-fetch-site': 'none' }],
  ])('is refused by %s', async (_why, headers) => {
    const { port } = await aProxy();

    expect(await asked(port, headers)).toBe('403 AccessDeniedException');
    expect(aws.calls).toEqual([]);
  });

  it('is refused all but calls of CodeDeploy', async () => {
    const { port } = await aProxy();

    expect(await asked(port, {})).toBe('400 UnknownOperationException');
    expect(await asked(port, TARGET, 'GET')).toBe('400 UnknownOperationException');
    expect(await asked(port, TARGET, 'POST', '/other')).toBe('400 UnknownOperationException');
    expect(await asked(port, { 'x-amz-target': 'DynamoDB_20120810.Scan' })).toBe('400 UnknownOperationException');
    expect(aws.calls).toEqual([]);
  });
});

it('answers what is under way before it ends', async () => {
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<undefined>();
  const { promise: released, resolve: release } = Promise.withResolvers<undefined>();
  const slowly: Destination['send'] = async (outgoing) => {
    isAsked(undefined);
    await released;
    return send(outgoing);
  };
  const destination = { url: new URL(aws.url), region: 'eu-west-1', credentials: async () => OWN, send: slowly };
  const proxy = await startProxy(destination, 0, () => undefined);
  const answer = aClientOf(proxy.port).send(new ListApplicationsCommand({}));
  await asked;

  const stopped = proxy.stop();
  release(undefined);

  expect((await answer).applications).toEqual(['web']);
  await stopped;
});

it('says what to export, and ends with Ctrl-C', async () => {
  aws.on('GetParameter', () => ({ Parameter: { Name: '/slipway/api-url', Value: aws.url } }));
  const keys = {
    ...{ AWS_ACCESS_KEY_ID: OWN.accessKeyId, AWS_SECRET_ACCESS_KEY: OWN.secretAccessKey },
    ...{ AWS_SESSION_TOKEN: OWN.sessionToken, AWS_REGION: 'eu-west-1' },
  };
  const proxy = startSlipway(['proxy'], keys);
  const [, port = ''] = await proxy.said(/^export AWS_ENDPOINT_URL_CODEDEPLOY=http:\/\/127\.0\.0\.1:(\d+)$/m);

  const { applications } = await aClientOf(Number(port)).send(new ListApplicationsCommand({}));
  proxy.signal('SIGINT');

  expect(applications).toEqual(['web']);
  expect(await proxy.ended).toMatchObject({ code: 0, err: `Requests go to ${aws.url}/ until Ctrl-C.\n` });
});
