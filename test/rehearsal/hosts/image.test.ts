import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host, HostProvider } from '../../../rehearsal/hosts/host.ts';
import { createProcessHosts } from '../../../rehearsal/hosts/process-hosts.ts';
import { createStoragePart } from '../../../rehearsal/storage/create-storage-part.ts';
import { startTestGround } from '../ground.ts';
import type { TestGround } from '../ground.ts';
import { anInstance, consoleLine, onDisk, script } from './machines.ts';

describe('The machine image', () => {
  let test: TestGround;
  let hosts: HostProvider;
  let s3: S3Client;

  beforeAll(async () => {
    test = await startTestGround((ground) => [createStoragePart(ground)], { speed: 600 });
    hosts = createProcessHosts(test.ground);
    s3 = new S3Client({ ...test.client, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'assets' }));
    await s3.send(new PutObjectCommand({ Bucket: 'assets', Key: 'agents/agent.mjs', Body: 'the agent' }));
  });
  afterAll(async () => {
    await hosts.close();
    await test.close();
  });

  /** Runs commands on a new host; resolves with the host and what they printed, each followed by its exit code. */
  async function run(...commands: string[]): Promise<{ host: Host; output: string }> {
    const steps = commands.map((command) => `${command}; echo "[$?]"`);
    const host = await hosts.start(anInstance({ userData: script(...steps, 'echo "$REHEARSAL_INSTANCE_ID done"') }));
    await consoleLine(test.ground, new RegExp(`^${host.instanceId} done`));
    const output = await onDisk(test.ground, host, 'var/log/cloud-init-output.log');
    return { host, output: output.replace(/.*done\n$/, '') };
  }

  it('copies an object from S3 with the credentials of the instance', async () => {
    const { host, output } = await run('aws s3 cp s3://assets/agents/agent.mjs "$DESTDIR/opt/slipway/agent.mjs"');

    expect(output).toBe('download: s3://assets/agents/agent.mjs to opt/slipway/agent.mjs\n[0]\n');
    expect(await onDisk(test.ground, host, 'opt/slipway/agent.mjs')).toBe('the agent');
    const callers = test.ground.journal.entries.map((entry) => (entry.kind === 'call' ? entry.caller : ''));
    expect(callers).toContain(`arn:aws:sts::123456789012:assumed-role/web-host/${host.instanceId}`);
  });

  it('copies to standard output, into a directory, and back to S3', async () => {
    const { host, output } = await run(
      'aws s3 cp s3://assets/agents/agent.mjs - --region us-east-1',
      'aws s3 cp --quiet s3://assets/agents/agent.mjs "$DESTDIR/opt/"',
      'echo log | aws s3 cp - s3://assets/logs/log.txt',
    );

    const log = await s3.send(new GetObjectCommand({ Bucket: 'assets', Key: 'logs/log.txt' }));

    expect(output).toBe('the agent[0]\n[0]\nupload: - to s3://assets/logs/log.txt\n[0]\n');
    expect(await onDisk(test.ground, host, 'opt/agent.mjs')).toBe('the agent');
    expect(await log.Body?.transformToString()).toBe('log\n');
  });

  it('downloads no agent of AWS’s by itself, which would install it on this machine', async () => {
    const { output } = await run(
      'cd "$DESTDIR/tmp"; wget -q https://aws-codedeploy-us-east-1.s3.us-east-1.amazonaws.com/latest/install',
    );

    expect(output).toMatch(/--aws-agent DIR.*\n\[4\]\n$/);
  });

  it('says what its aws cannot do', async () => {
    const { output } = await run('aws s3 cp s3://assets/missing "$DESTDIR/opt/"', 'aws ec2 describe-instances');

    expect(output).toMatch(/^fatal error: s3:\/\/assets\/missing to .* \(NoSuchKey\)\n\[1\]\n/);
    expect(output).toMatch(/only knows "aws s3 cp .* not "aws ec2 describe-instances"\. .*\n\[252\]\n$/);
  });

  it('has node installed, and installs nothing else', async () => {
    const { output } = await run('dnf install -y nodejs22', 'dnf update -y', 'yum install -y httpd');

    expect(output).toContain(`Package nodejs22 is already installed: node ${process.version}`);
    expect(output).toContain('Nothing to do.\n[0]\n');
    expect(output).toMatch(/yum: cannot install httpd: a rehearsal changes no packages of this machine\..*\n\[1\]\n$/);
  });

  it('never switches off the machine it is rehearsed on', async () => {
    const { output } = await run('shutdown -h now', 'poweroff');

    expect(output).toMatch(/^shutdown: .*\n\[1\]\npoweroff: .*\n\[1\]\n$/);
  });

  it('sleeps in rehearsed time, in every way that sleep can be asked', async () => {
    const startedAt = performance.now();

    const { output } = await run('sleep 60', 'sleep 1m 30s', 'sleep 0.02h .5', 'sleep nonsense 2>/dev/null');

    expect(output).toBe('[0]\n[0]\n[0]\n[1]\n');
    // 222.5 seconds at 600 times the speed of the wall.
    expect(performance.now() - startedAt).toBeGreaterThan(370);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
