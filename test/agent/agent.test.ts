import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { zipOf } from './support/bundles.ts';
import { readTree, writeTree } from './support/files.ts';
import type { Tree } from './support/files.ts';
import { PretendCloud } from './support/pretend-cloud.ts';
import { rootOf, runAgent, startAgent } from './support/running-agent.ts';
import type { AgentRun } from './support/running-agent.ts';
import { aSigner } from './support/signer.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const LAUNCH = [
  'ApplicationStop',
  'DownloadBundle',
  'BeforeInstall',
  'Install',
  'AfterInstall',
  'ApplicationStart',
  'ValidateService',
  'BeforeAllowTraffic',
  'AfterAllowTraffic',
];
const TERMINATION = ['BeforeBlockTraffic', 'AfterBlockTraffic', 'ApplicationStop'];

let cloud: PretendCloud;
let host: string;

beforeEach(async () => {
  cloud = await PretendCloud.start();
  host = temporaryDirectory();
});

const REVISION = {
  RevisionType: 'S3',
  S3Revision: { Bucket: 'revisions', Key: 'web app/1.zip', BundleType: 'zip', ETag: 'etag-1' },
};

/** Uploads a revision whose scripts run at ApplicationStart and ApplicationStop. */
async function upload(start: string, stop = 'exit 0', files: Tree = {}): Promise<void> {
  const directory = temporaryDirectory();
  writeTree(directory, {
    'appspec.yml': `version: 0.0
os: linux
files: [{source: index.html, destination: /var/www}]
hooks:
  ApplicationStart: [{location: start.sh, timeout: 60}]
  ApplicationStop: [{location: stop.sh, timeout: 60}]
`,
    'index.html': 'hello',
    'start.sh': { script: `#!/bin/bash\n${start}\n` },
    'stop.sh': { script: `#!/bin/bash\n${stop}\n` },
    ...files,
  });
  cloud.objects.set('/revisions/web%20app/1.zip', await zipOf(directory));
}

describe('the agent', () => {
  it('carries a launch out in one leg, and passes over events without a script', async () => {
    await upload('echo started > "$DESTDIR/started"');
    cloud.begin({ deploymentId: 'd-LAUNCH001', events: LAUNCH, revision: REVISION });

    const agent = startAgent(host, cloud);
    await cloud.until(() => cloud.completions.length === 4);

    expect(cloud.ended).toEqual([
      'ApplicationStop Succeeded',
      'DownloadBundle Succeeded + BeforeInstall',
      'Install Succeeded + AfterInstall',
      'ApplicationStart Succeeded + ValidateService + BeforeAllowTraffic + AfterAllowTraffic',
    ]);
    expect(cloud.calls.filter(({ operation }) => operation === 'PollHostCommand')).toHaveLength(1);
    expect(readTree(join(host, 'var/www'))).toEqual({ 'index.html': 'hello' });
    expect(existsSync(join(host, 'started'))).toBe(true);
    expect(await agent.end('SIGTERM')).toBe(0);
  });

  it('signs for the function URL with the role of its instance, and keeps secrets out of its log', async () => {
    await upload('exit 0');
    cloud.begin({ deploymentId: 'd-LAUNCH001', events: LAUNCH, revision: REVISION });

    const agent = startAgent(host, cloud, 'verbose: true');
    await cloud.until(() => cloud.completions.length === 4);
    await agent.end('SIGTERM');

    expect(cloud.calls[0]).toMatchObject({
      operation: 'PollHostCommand',
      input: {
        HostIdentifier: 'arn:aws:ec2:us-east-1:123456789012:instance/i-0abc',
        Slipway: { UptimeSeconds: expect.any(Number) as number },
      },
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'CodeDeployCommandService_v20141006.PollHostCommand',
        'x-amz-codedeploy-agent-version': expect.stringMatching(/^SLIPWAY_\d/) as string,
        'x-amz-security-token': 'a-session-token',
        authorization: expect.stringMatching(
          /Credential=ASIAEXAMPLE\/\d{8}\/us-east-1\/lambda\/aws4_request/,
        ) as string,
      },
    });
    const output = await agent.output;
    expect(output).toBe(readFileSync(join(host, 'var/log/slipway/slipway-agent.log'), 'utf8'));
    expect(output).toContain(
      '"message":"lifecycle event begins","deploymentId":"d-LAUNCH001","event":"ApplicationStart"',
    );
    expect(output).not.toMatch(/a-secret|a-session-token|a-token/);
  });

  it('copies what scripts print to CloudWatch Logs, to the last line before it ends', async () => {
    await upload('echo started; echo "no cache" >&2');
    cloud.begin({ deploymentId: 'd-LAUNCH001', events: LAUNCH, revision: REVISION });

    const agent = startAgent(host, cloud, 'hook_log_group: /slipway/web');
    await cloud.until(() => cloud.completions.length === 4);
    await agent.end('SIGTERM');

    expect([...cloud.logs.keys()]).toEqual(['d-LAUNCH001/i-0abc/ApplicationStart']);
    expect(cloud.logs.get('d-LAUNCH001/i-0abc/ApplicationStart')?.sort()).toEqual([
      'LifecycleEvent - ApplicationStart',
      'Script - start.sh',
      '[stderr]no cache',
      '[stdout]started',
    ]);
  });

  it('stops an application with the scripts that started it', async () => {
    await upload('exit 0', 'echo "farewell for $DEPLOYMENT_ID" > "$DESTDIR/farewell"');
    cloud.begin({ deploymentId: 'd-LAUNCH001', events: LAUNCH, revision: REVISION });
    startAgent(host, cloud);
    await cloud.until(() => cloud.completions.length === 4);

    cloud.begin({ deploymentId: 'd-TERMIN001', events: TERMINATION, revision: REVISION });
    await cloud.until(() => cloud.completions.length === 6);

    expect(cloud.ended.slice(4)).toEqual([
      'BeforeBlockTraffic Succeeded + AfterBlockTraffic',
      'ApplicationStop Succeeded',
    ]);
    expect(readFileSync(join(host, 'farewell'), 'utf8')).toBe('farewell for d-TERMIN001\n');
  });

  it('reports a failing script once, with its last lines, and asks for more work', async () => {
    await upload('echo "no database at db.internal" >&2; exit 1');
    cloud.begin({ deploymentId: 'd-BROKEN001', events: LAUNCH, revision: REVISION });
    startAgent(host, cloud);

    await cloud.until(() => cloud.calls.filter(({ operation }) => operation === 'PollHostCommand').length === 2);

    expect(cloud.completions.at(-1)).toMatchObject({
      event: 'ApplicationStart',
      status: 'Failed',
      diagnostics: {
        error_code: 4,
        script_name: 'start.sh',
        message: 'Script at specified location: start.sh failed with exit code 1',
        log: expect.stringContaining('[stderr]no database at db.internal\n') as string,
      },
      noopEvents: [],
    });
  });

  it.each([
    [
      'S3 has no such object',
      { ...REVISION.S3Revision, Key: 'none' },
      'The specified key does not exist. (NoSuchKey, s3://revisions/none)',
    ],
    [
      'the bundle is another one',
      { ...REVISION.S3Revision, ETag: '"etag-2"' },
      'Expected deployment artifact bundle etag etag-2 but was actually etag-1',
    ],
    [
      'the bundle type is unknown',
      { ...REVISION.S3Revision, BundleType: 'rar' },
      'BundleType in S3Revision must be tar, tgz or zip',
    ],
    ['the bundle is of another type', { ...REVISION.S3Revision, BundleType: 'tgz' }, /^Error extracting tgz archive: /],
  ])('says why it cannot download: %s', async (_why, s3Revision, message) => {
    await upload('exit 0');
    const revision = { RevisionType: 'S3', S3Revision: s3Revision };
    cloud.begin({ deploymentId: 'd-NOBUNDLE1', events: ['DownloadBundle', 'Install'], revision });
    startAgent(host, cloud);

    await cloud.until(() => cloud.completions.length > 0);

    expect(cloud.completions[0]).toMatchObject({ status: 'Failed', diagnostics: { error_code: 5, script_name: '' } });
    expect(cloud.completions[0]?.diagnostics.message).toMatch(message);
  });

  it('completes a whole launch with a service that knows only AWS’s members, and signs its specifications', async () => {
    await upload('echo started > "$DESTDIR/started"');
    cloud.speaksSlipway = false;
    cloud.signer = aSigner('somebody');
    const certificate = new X509Certificate(cloud.signer.certificate).toString();
    writeTree(host, { 'etc/slipway/signer.pem': certificate });
    cloud.begin({ deploymentId: 'd-PLAIN0001', events: LAUNCH, revision: REVISION });
    startAgent(host, cloud, 'wait_between_runs: 0\nspecification_signer_certificate: /etc/slipway/signer.pem');

    await cloud.until(() => cloud.completions.length === LAUNCH.length);

    expect(cloud.ended).toEqual(LAUNCH.map((event) => `${event} Succeeded`));
    expect(readFileSync(join(host, 'started'), 'utf8')).toBe('started\n');
    expect(cloud.calls.slice(0, 4).map(({ operation }) => operation)).toEqual([
      'PollHostCommand',
      'GetDeploymentSpecification',
      'PutHostCommandAcknowledgement',
      'PutHostCommandComplete',
    ]);
    const acknowledgements = cloud.calls.filter(({ operation }) => operation === 'PutHostCommandAcknowledgement');
    expect(acknowledgements.map(({ input }) => (input['Diagnostics'] as { Payload: string }).Payload)).toEqual(
      LAUNCH.map((event) => `{"IsCommandNoop":${!['DownloadBundle', 'Install', 'ApplicationStart'].includes(event)}}`),
    );
  });

  it('carries out nothing that somebody else has signed', async () => {
    cloud.signer = aSigner('a stranger');
    writeTree(host, { 'etc/slipway/signer.pem': new X509Certificate(aSigner('our own').certificate).toString() });
    cloud.begin({ deploymentId: 'd-STRANGE01', events: ['DownloadBundle'], revision: REVISION });
    startAgent(host, cloud, 'specification_signer_certificate: /etc/slipway/signer.pem');

    await cloud.until(() => cloud.completions.length === 1);

    expect(cloud.completions[0]).toMatchObject({
      status: 'Failed',
      diagnostics: {
        error_code: 5,
        message: expect.stringMatching(/is signed by CN=a stranger .*, which is not the/) as string,
      },
    });
    expect(existsSync(join(rootOf(host), 'web.web-fleet'))).toBe(false);
  });

  it.each(['nowhere.pem', 'agent.yml'])('does not start with %s for a certificate', async (file) => {
    const agent = startAgent(host, cloud, `specification_signer_certificate: /etc/slipway/${file}`);

    expect(await agent.exited).toBe(1);
    expect(cloud.calls).toEqual([]);
  });
});

/** Whether there is such a process, and not only its remains. */
function isRunning(pid: number | undefined): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !readFileSync(stat, 'utf8').includes(') Z ');
}

describe('a report', () => {
  const isCompletion = ({ operation }: { operation: string }): boolean => operation === 'PutHostCommandComplete';

  it('is sent until it is accepted', async () => {
    let refusals = 2;
    cloud.interfere = (call) =>
      isCompletion(call) && refusals-- > 0 ? { status: 503, body: { __type: 'ServerException' } } : undefined;
    cloud.begin({ deploymentId: 'd-RETRY0001', events: ['ApplicationStop'], revision: REVISION });
    startAgent(host, cloud);

    await cloud.until(() => cloud.completions.length === 1);

    expect(cloud.calls.filter(isCompletion)).toHaveLength(3);
    expect(cloud.ended).toEqual(['ApplicationStop Succeeded']);
  });

  it('survives the agent: the next one delivers it, and goes on with the leg', async () => {
    await upload('exit 0');
    cloud.interfere = (call) => (isCompletion(call) ? { status: 503, body: {} } : undefined);
    cloud.begin({ deploymentId: 'd-DURABLE01', events: ['DownloadBundle', 'Install'], revision: REVISION });
    const first = startAgent(host, cloud);
    await cloud.until(() => cloud.calls.some(isCompletion));
    await first.end('SIGKILL');

    cloud.interfere = () => undefined;
    const second = startAgent(host, cloud);
    await cloud.until(() => cloud.completions.length === 2);
    await second.end('SIGTERM');

    expect(cloud.ended).toEqual(['DownloadBundle Succeeded', 'Install Succeeded']);
    expect(readdirSync(join(rootOf(host), 'unreported-completions'))).toEqual([]);
  });

  it('of an event that was interrupted by a crash is a failure, at once, and the script does not run again', async () => {
    await upload(
      'setsid sleep 30 </dev/null >/dev/null 2>&1 & echo $! > "$DESTDIR/app.pid"; echo $$ > "$DESTDIR/script.pid"; echo begun >> "$DESTDIR/begun"; sleep 30',
    );
    cloud.begin({ deploymentId: 'd-CRASH0001', events: LAUNCH, revision: REVISION });
    const first = startAgent(host, cloud);
    while (!existsSync(join(host, 'begun'))) await sleep(20);
    await first.end('SIGKILL');

    startAgent(host, cloud);
    await cloud.until(() => cloud.completions.length === 4);

    expect(cloud.completions[3]).toMatchObject({
      event: 'ApplicationStart',
      status: 'Failed',
      diagnostics: { error_code: 7, message: 'Failed: Failing in-progress lifecycle event after an agent restart.' },
    });
    expect(readFileSync(join(host, 'begun'), 'utf8')).toBe('begun\n');
    const [app, script] = ['app.pid', 'script.pid'].map((name) => Number(readFileSync(join(host, name), 'utf8')));
    while (isRunning(script)) await sleep(20); // it is told to end, and takes its moment
    expect(isRunning(app)).toBe(true);
    process.kill(app ?? 0);
  });

  it('keeps a second agent away from a host that has one, and from the script that runs there', async () => {
    await upload('echo started >> "$DESTDIR/started"; while [ ! -e "$DESTDIR/go" ]; do sleep 0.05; done');
    cloud.begin({ deploymentId: 'd-TWO000001', events: LAUNCH, revision: REVISION });
    startAgent(host, cloud);
    while (!existsSync(join(host, 'started'))) await sleep(20);

    const second = startAgent(host, cloud);
    const end = await second.exited;
    writeFileSync(join(host, 'go'), '');
    await cloud.until(() => cloud.isLegOver);

    expect(end).toBe(1);
    expect(readFileSync(join(host, 'started'), 'utf8')).toBe('started\n');
    expect(cloud.completions.map(({ status }) => status)).not.toContain('Failed');
  });

  it('is given again, and no script run again, when the service asks again', async () => {
    await upload('echo begun >> "$DESTDIR/begun"');
    cloud.begin({ deploymentId: 'd-AGAIN0001', events: LAUNCH, revision: REVISION });
    startAgent(host, cloud);
    await cloud.until(() => cloud.completions.length === 4);

    cloud.begin({ deploymentId: 'd-AGAIN0001', events: ['ApplicationStart'], revision: REVISION });
    await cloud.until(() => cloud.completions.length === 5);

    expect(cloud.completions[4]).toMatchObject({ event: 'ApplicationStart', status: 'Succeeded' });
    expect(readFileSync(join(host, 'begun'), 'utf8')).toBe('begun\n');
  });
});

describe('asked to stop', () => {
  it('the agent lets the running script end and reports it', async () => {
    await upload('touch "$DESTDIR/begun"; sleep 0.5');
    cloud.begin({ deploymentId: 'd-STOP00001', events: LAUNCH, revision: REVISION });
    const agent = startAgent(host, cloud);
    while (!existsSync(join(host, 'begun'))) await sleep(20);

    expect(await agent.end('SIGTERM')).toBe(0);

    expect(cloud.completions.at(-1)).toMatchObject({ event: 'ApplicationStart', status: 'Succeeded' });
  });

  it('the agent ends the script when asked a second time, and reports that', async () => {
    await upload('trap "echo farewell" TERM; touch "$DESTDIR/begun"; sleep 60');
    cloud.begin({ deploymentId: 'd-STOP00001', events: LAUNCH, revision: REVISION });
    const agent = startAgent(host, cloud);
    while (!existsSync(join(host, 'begun'))) await sleep(20);

    void agent.end('SIGTERM');
    await agent.says('asked to stop');
    expect(await agent.end('SIGTERM')).toBe(0);

    expect(cloud.completions.at(-1)).toMatchObject({
      status: 'Failed',
      diagnostics: {
        error_code: 7,
        message: 'Script at specified location: start.sh was ended because the agent had to stop',
        log: expect.stringContaining('[stdout]farewell') as string,
      },
    });
  });

  it('the agent ends a script that takes longer than it may wait, and reports that', async () => {
    await upload('touch "$DESTDIR/begun"; sleep 60');
    cloud.begin({ deploymentId: 'd-STOP00001', events: LAUNCH, revision: REVISION });
    const agent = startAgent(host, cloud, 'kill_agent_max_wait_time_seconds: 0.1');
    while (!existsSync(join(host, 'begun'))) await sleep(20);

    expect(await agent.end('SIGTERM')).toBe(0);

    expect(cloud.completions.at(-1)).toMatchObject({ status: 'Failed', diagnostics: { error_code: 7 } });
  });
});

describe('asked for its status', () => {
  it('tells where it stands while it works, and that it is gone once it is', async () => {
    await upload('touch "$DESTDIR/begun"; sleep 60');
    cloud.begin({ deploymentId: 'd-STATUS001', events: LAUNCH, revision: REVISION });
    const agent = startAgent(host, cloud);
    while (!existsSync(join(host, 'begun'))) await sleep(20);

    const atWork = await statusWith(host, 'under way');
    await agent.end('SIGKILL');
    const gone = statusOf(host);

    expect(atWork.text).toMatch(/^agent +\S+, running as process \d+$/m);
    expect(atWork.text).toMatch(/^command service +127\.0\.0\.1:\d+$/m);
    expect(atWork.text).toMatch(/^last answer +20\d\d-.* ago\)$/m);
    expect(atWork.text).toMatch(/^under way +ApplicationStart of d-STATUS001, since /m);
    expect(atWork.text).not.toContain('a-secret-path');
    expect(atWork.exitCode).toBe(0);
    expect(gone.text).toMatch(/^agent +\S+, not running$/m);
    expect(gone.exitCode).toBe(3);
  });

  it('tells when its command service refuses it, and why', async () => {
    cloud.interfere = () => ({ status: 403, body: { Message: 'Forbidden' } });
    startAgent(host, cloud);

    const refused = await statusWith(host, 'last problem');

    expect(refused.text).toMatch(/^failing since /m);
    expect(refused.text).toContain(
      'the command service cannot be used: Cannot reach InstanceService: HTTP 403 - Forbidden',
    );
    expect(refused.exitCode).toBe(4);
  });

  it('tells when no agent has run', () => {
    writeTree(host, { 'etc/slipway/agent.yml': `deploy_control_endpoint: ${cloud.url}\n` });

    expect(statusOf(host)).toMatchObject({ exitCode: 3, text: expect.stringContaining('No agent has run') as string });
  });

  it('tells what is wrong with its configuration', () => {
    writeTree(host, { 'etc/slipway/agent.yml': 'region: eu-west-1\n' });

    expect(statusOf(host).exitCode).toBe(1);
  });
});

/** The status, once it says something in particular. */
async function statusWith(of: string, words: string): Promise<AgentRun> {
  for (;;) {
    const status = statusOf(of);
    if (status.text.includes(words)) return status;
    await sleep(50);
  }
}

const statusOf = (of: string): AgentRun => runAgent(of, '--status');
