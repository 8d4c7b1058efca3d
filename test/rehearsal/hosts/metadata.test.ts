import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host, HostProvider, HostSpecification } from '../../../rehearsal/hosts/host.ts';
import { createProcessHosts } from '../../../rehearsal/hosts/process-hosts.ts';
import { startTestGround } from '../ground.ts';
import type { TestGround } from '../ground.ts';
import { anInstance } from './machines.ts';

const TTL = 'x-aws-ec2-metadata-token-ttl-seconds';

describe('Instance metadata', () => {
  let test: TestGround;
  let hosts: HostProvider;
  let host: Host;
  let lifecycleState: string | undefined;

  beforeAll(async () => {
    test = await startTestGround(() => []);
    hosts = createProcessHosts(test.ground);
    host = await hosts.start(anInstance({ targetLifecycleState: () => lifecycleState }));
  });
  afterAll(async () => {
    await hosts.close();
    await test.close();
  });

  const call = (path: string, init: RequestInit = {}, of = host): Promise<Response> =>
    fetch(`http://${of.privateIpAddress}:1338${path}`, init);
  const putToken = (headers: Record<string, string>, path = '/latest/api/token'): Promise<Response> =>
    call(path, { method: 'PUT', headers });
  const token = async (of = host): Promise<string> =>
    (await call('/latest/api/token', { method: 'PUT', headers: { [TTL]: '60' } }, of)).text();
  const read = async (path: string, of = host): Promise<Response> =>
    call(`/latest/${path}`, { headers: { 'x-aws-ec2-metadata-token': await token(of) } }, of);

  it('hands out a session token and repeats its lifetime', async () => {
    const response = await putToken({ [TTL]: '21600' });

    expect(response.status).toBe(200);
    expect(response.headers.get(TTL)).toBe('21600');
  });

  it.each(['0', '21601', '-1', 'soon', '1.5'])('refuses the lifetime %s', async (ttl) => {
    expect((await putToken({ [TTL]: ttl })).status).toBe(400);
  });

  it('refuses a token without a lifetime, through a proxy, or on another path', async () => {
    const responses = await Promise.all([
      putToken({}),
      putToken({ [TTL]: '60', 'x-forwarded-for': '10.0.0.1' }),
      putToken({ [TTL]: '60' }, '/2021-03-23/api/token'),
    ]);

    expect(responses.map(({ status }) => status)).toEqual([400, 403, 403]);
  });

  it('shows nothing without a valid token: there is no version 1', async () => {
    const responses = await Promise.all([
      call('/latest/meta-data/instance-id'),
      call('/latest/meta-data/instance-id', { headers: { 'x-aws-ec2-metadata-token': 'guessed' } }),
      call('/latest/nothing-here'),
    ]);

    expect(responses.map(({ status }) => status)).toEqual([401, 401, 401]);
  });

  it('tells an instance who and where it is', async () => {
    const paths = [
      'instance-id',
      'local-ipv4',
      'ami-id',
      'instance-type',
      'placement/availability-zone',
      'placement/region',
    ];

    const values = await Promise.all(paths.map(async (path) => (await read(`meta-data/${path}`)).text()));

    expect(values).toEqual([
      host.instanceId,
      host.privateIpAddress,
      'ami-0abcdef1234567890',
      't3.micro',
      'us-east-1a',
      'us-east-1',
    ]);
  });

  it('identifies the instance in a document', async () => {
    const document: unknown = await (await read('dynamic/instance-identity/document')).json();

    expect(document).toMatchObject({ accountId: '123456789012', region: 'us-east-1', instanceId: host.instanceId });
  });

  it('lists what lies below a path', async () => {
    expect(await (await read('meta-data/services/')).text()).toBe('domain\npartition');
    expect((await (await read('meta-data/')).text()).split('\n')).toContain('placement/');
    expect((await read('meta-data/nothing-here')).status).toBe(404);
  });

  it('follows the target lifecycle state, and has none outside a group', async () => {
    lifecycleState = undefined;
    const outside = await read('meta-data/autoscaling/target-lifecycle-state');
    lifecycleState = 'Terminated';
    const leaving = await read('meta-data/autoscaling/target-lifecycle-state');

    expect(outside.status).toBe(404);
    expect(await leaving.text()).toBe('Terminated');
  });

  it('hands out credentials of the instance profile, by which the instance is known', async () => {
    const role = await (await read('meta-data/iam/security-credentials/')).text();

    const credentials = (await (await read(`meta-data/iam/security-credentials/${role}`)).json()) as Record<
      string,
      string
    >;

    expect(role).toBe('web-host');
    expect(credentials).toMatchObject({ Code: 'Success', Type: 'AWS-HMAC' });
    expect(Date.parse(credentials.Expiration ?? '')).toBeGreaterThan(test.ground.clock.now());
    expect(credentials.AccessKeyId).toMatch(/^ASIA/);
  });

  it('has no credentials for an instance without a profile', async () => {
    const withoutProfile: HostSpecification = anInstance();
    delete (withoutProfile as { roleArn?: string }).roleArn;
    const plain = await hosts.start(withoutProfile);

    const response = await read('meta-data/iam/security-credentials/', plain);

    expect(response.status).toBe(404);
  });
});
