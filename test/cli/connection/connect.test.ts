import { CodeDeployClient, ListApplicationsCommand } from '@aws-sdk/client-codedeploy';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { codeDeployClient } from '../../../cli/connection/code-deploy-client.ts';
import { fakeAws, Refused } from '../support/fake-aws.ts';
import { slipway } from '../support/recording-terminal.ts';
import { isSignedBy } from '../support/signatures.ts';

const KEYS = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' };

const aws = fakeAws();

beforeEach(() => {
  aws.on('ListApplications', () => ({ applications: ['web'] }));
});

/** The environment of somebody who works with an AWS account; only SSM is the fake's. */
function onAws(): void {
  vi.stubEnv('AWS_ENDPOINT_URL', undefined);
  vi.stubEnv('AWS_ENDPOINT_URL_SSM', aws.url);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', KEYS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', KEYS.secretAccessKey);
}

describe('the client for SDK users', () => {
  it('is a client of CodeDeploy that signs as a function URL wants it', async () => {
    const client = codeDeployClient({ apiUrl: aws.url, region: 'eu-west-1', credentials: KEYS });

    const { applications } = await client.send(new ListApplicationsCommand({}));

    const [call] = aws.calls;
    expect(client).toBeInstanceOf(CodeDeployClient);
    expect(applications).toEqual(['web']);
    expect(call?.headers.authorization).toMatch(/\/eu-west-1\/lambda\/aws4_request/);
    expect(call && (await isSignedBy(KEYS, 'lambda', call))).toBe(true);
  });
});

describe('a command', () => {
  it('needs nothing but the address of a rehearsal', async () => {
    const { code, out } = await slipway('list', 'applications');

    expect({ code, out }).toEqual({ code: 0, out: ['web'] });
    expect(aws.calls[0]?.headers.authorization).toMatch(/\/us-east-1\/codedeploy\/aws4_request/);
  });

  it('finds the engine of an account by its parameter', async () => {
    onAws();
    aws.on('GetParameter', () => ({ Parameter: { Name: '/slipway/api-url', Value: `${aws.url}/` } }));

    const { out } = await slipway('list', 'applications');

    expect(out).toEqual(['web']);
    expect(aws.inputs('GetParameter')).toEqual([{ Name: '/slipway/api-url' }]);
    expect(aws.calls.at(-1)?.headers.authorization).toMatch(/\/eu-west-1\/lambda\/aws4_request/);
  });

  it.each([
    ['--api-url', (url: string) => ['--api-url', url]],
    [
      'SLIPWAY_API_URL',
      (url: string) => {
        vi.stubEnv('SLIPWAY_API_URL', url);
        return [];
      },
    ],
  ])('is told where the API is by %s', async (_by, tell) => {
    onAws();

    const { out } = await slipway('list', 'applications', ...tell(aws.url));

    expect(out).toEqual(['web']);
    expect(aws.inputs('GetParameter')).toEqual([]);
  });

  it('says that there is no engine in the Region', async () => {
    onAws();
    aws.on('GetParameter', () => {
      throw new Refused('ParameterNotFound', '');
    });

    const { code, err } = await slipway('list', 'applications');

    expect({ code, err }).toEqual({
      code: 1,
      err: [
        'slipway list: there is no Slipway engine in eu-west-1: it has no parameter /slipway/api-url. Deploy one with npx cdk deploy SlipwayEngine, choose another Region, or give --api-url.',
      ],
    });
  });

  it('says which permission is missing', async () => {
    onAws();
    aws.on('GetParameter', () => {
      throw new Refused('AccessDeniedException', 'not authorized');
    });
    aws.on('ListApplications', () => {
      throw new Refused('AccessDeniedException', 'Forbidden', 403);
    });

    const [unread, uninvoked] = [
      await slipway('list', 'applications'),
      await slipway('list', 'applications', '--api-url', aws.url),
    ];

    expect(unread.err[0]).toMatch(/you may not read the parameter .*: allow ssm:GetParameter on it, or give --api-url/);
    expect(uninvoked.err[0]).toMatch(/you may not do this .*lambda:InvokeFunctionUrl and lambda:InvokeFunction/);
    expect([unread.code, uninvoked.code]).toEqual([1, 1]);
  });

  it('says that nothing answers', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1');

    const { code, err } = await slipway('list', 'applications');

    expect({ code, err }).toEqual({
      code: 1,
      err: [
        'slipway list: nothing answers (ECONNREFUSED at 127.0.0.1:1): is the address right, and is the rehearsal up?',
      ],
    });
  });

  it('refuses an address that is none', async () => {
    expect((await slipway('list', 'applications', '--api-url', 'web')).code).toBe(2);
  });
});
