import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostProvider } from '../../../rehearsal/hosts/host.ts';
import { createProcessHosts } from '../../../rehearsal/hosts/process-hosts.ts';
import { startTestGround } from '../ground.ts';
import type { TestGround } from '../ground.ts';
import { anInstance, consoleLine, onDisk, script, warning } from './machines.ts';

describe('A host made of processes', () => {
  let test: TestGround;
  let hosts: HostProvider;

  beforeAll(async () => {
    test = await startTestGround(() => [], { speed: 50 });
    hosts = createProcessHosts(test.ground);
  });
  afterAll(async () => {
    await hosts.close();
    await test.close();
  });

  it('runs user data within 300 ms of its start and shows the output on its console', async () => {
    const instance = anInstance({ userData: script('echo "born with $HOME"', 'echo "to the other output" >&2') });
    const startedAt = performance.now();

    const host = await hosts.start(instance);
    const line = await consoleLine(test.ground, /^born/);
    const wallMs = performance.now() - startedAt;
    await consoleLine(test.ground, /^to the other/);

    expect(line).toBe(`born with ${test.ground.directory}/hosts/${host.instanceId}/root`);
    expect(await onDisk(test.ground, host, 'var/log/cloud-init-output.log')).toBe(`${line}\nto the other output\n`);
    expect(wallMs).toBeLessThan(300);
  });

  it('keeps user data on its disk, where cloud-init keeps it', async () => {
    const userData = script('exit 0');

    const host = await hosts.start(anInstance({ userData }));

    expect(await onDisk(test.ground, host, 'var/lib/cloud/instance/user-data.txt')).toBe(userData);
  });

  it('runs user data by its interpreter line', async () => {
    await hosts.start(anInstance({ userData: '#!/usr/bin/env node\nconsole.log(`node ${process.version} here`)' }));

    const line = await consoleLine(test.ground, /here$/);

    expect(line).toBe(`node ${process.version} here`);
  });

  it('stays up when user data fails, and warns', async () => {
    const host = await hosts.start(anInstance({ userData: script('exit 3') }));

    const message = await warning(test.ground, new RegExp(`^${host.instanceId}`));

    expect(message).toContain('user data ended with exit code 3; the machine keeps running.');
    expect((await fetch(`http://${host.privateIpAddress}:1338/latest/api/token`)).status).toBe(401);
  });

  it('says that it cannot run what is no script', async () => {
    const host = await hosts.start(anInstance({ userData: '#cloud-config\npackages: [httpd]' }));

    const message = await warning(test.ground, new RegExp(`^${host.instanceId}`));

    expect(message).toContain('begins with "#cloud-config');
  });

  it('gives its programs a clean environment', async () => {
    process.env.AWS_ACCESS_KEY_ID = 'AKIAOFTHEUSER';

    const host = await hosts.start(anInstance({ userData: script('env -0 | tr "\\0" "," && echo') }));
    delete process.env.AWS_ACCESS_KEY_ID;
    const line = await consoleLine(test.ground, new RegExp(`REHEARSAL_INSTANCE_ID=${host.instanceId}`));

    const environment = Object.fromEntries(line.split(',').map((entry) => entry.split(/=(.*)/s).slice(0, 2)));
    const disk = `${test.ground.directory}/hosts/${host.instanceId}`;
    // Bash adds three of its own.
    const { PATH, PWD, SHLVL, _, '': end, ...others } = environment;
    expect(others).toEqual({
      AWS_ENDPOINT_URL: test.endpoint.url(),
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://${host.privateIpAddress}:1338`,
      DESTDIR: disk,
      HOME: `${disk}/root`,
      LANG: 'C.UTF-8',
      NODE_OPTIONS: expect.stringMatching(/^--require ".*\/clock-preload.cjs"$/),
      REHEARSAL_CLOCK: test.ground.clock.origin,
      REHEARSAL_INSTANCE_ID: host.instanceId,
    });
    expect(PATH).toMatch(/^[^:]+\/image\/bin:[^:]+\/rehearsal\/hosts\/image\/bin:/);
    expect([PWD, SHLVL, _, end]).toEqual([disk, expect.anything(), expect.anything(), undefined]);
  });

  it('has an address that no other host has', async () => {
    const others = createProcessHosts(test.ground);

    const started = await Promise.all([hosts, hosts, others, others].map((provider) => provider.start(anInstance())));
    await others.close();

    expect(new Set(started.map(({ privateIpAddress }) => privateIpAddress)).size).toBe(4);
  });
});
