import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host, HostProvider } from '../../../rehearsal/hosts/host.ts';
import { createProcessHosts } from '../../../rehearsal/hosts/process-hosts.ts';
import { startTestGround } from '../ground.ts';
import type { TestGround } from '../ground.ts';
import { anInstance, consoleLine, onDisk, script } from './machines.ts';

const isRunning = (pid: string): boolean => existsSync(`/proc/${pid}/exe`);

describe('Terminating a host', () => {
  let test: TestGround;
  let hosts: HostProvider;

  beforeAll(async () => {
    test = await startTestGround(() => []);
    hosts = createProcessHosts(test.ground);
  });
  afterAll(async () => {
    await hosts.close();
    await test.close();
  });

  /** Starts a host whose user data prints `pid <process id>`, and reads that. */
  async function hostWithProcess(...commands: string[]): Promise<{ host: Host; pid: string }> {
    const host = await hosts.start(anInstance({ userData: script(...commands) }));
    const line = await consoleLine(test.ground, new RegExp(`^${host.instanceId} pid \\d+$`));
    return { host, pid: line.replace(/.* /, '') };
  }

  it('ends a daemon that left its session and its parent', async () => {
    const { host, pid } = await hostWithProcess(
      `setsid sh -c 'sleep 1000 & echo "$REHEARSAL_INSTANCE_ID pid $!"' </dev/null &`,
      'disown && exit 0',
    );
    const before = isRunning(pid);

    await host.terminate();

    expect([before, isRunning(pid)]).toEqual([true, false]);
  });

  it('ends a process that cleared its environment', async () => {
    const { host, pid } = await hostWithProcess(
      'env -i setsid /bin/sleep 1000 &',
      'echo "$REHEARSAL_INSTANCE_ID pid $!"; wait',
    );

    await host.terminate();

    expect(isRunning(pid)).toBe(false);
  });

  it('lets programs say goodbye, and kills those who will not hear', async () => {
    const { host, pid } = await hostWithProcess(
      'trap "echo farewell > farewell" TERM',
      'echo "$REHEARSAL_INSTANCE_ID pid $$"',
      'while true; do /bin/sleep 0.01; done',
    );

    await host.terminate();

    expect(await onDisk(test.ground, host, 'farewell')).toBe('farewell\n');
    expect(isRunning(pid)).toBe(false);
  });

  it('leaves every other host alone', async () => {
    const [leaving, staying] = await Promise.all(
      [1, 2].map(() => hostWithProcess('echo "$REHEARSAL_INSTANCE_ID pid $$"', '/bin/sleep 1000')),
    );

    await leaving?.host.terminate();

    expect(isRunning(leaving?.pid ?? '')).toBe(false);
    expect(isRunning(staying?.pid ?? '')).toBe(true);
  });

  it('closes instance metadata and keeps the disk', async () => {
    const { host } = await hostWithProcess('echo note > note', 'echo "$REHEARSAL_INSTANCE_ID pid $$"');

    await host.terminate();
    await host.terminate();

    await expect(fetch(`http://${host.privateIpAddress}:1338/`)).rejects.toThrow();
    expect(await onDisk(test.ground, host, 'note')).toBe('note\n');
  });

  it('is what closing the provider does to all', async () => {
    const provider = createProcessHosts(test.ground);
    const host = await provider.start(
      anInstance({ userData: script('echo "$REHEARSAL_INSTANCE_ID pid $$"', 'exec /bin/sleep 1000') }),
    );
    const line = await consoleLine(test.ground, new RegExp(`^${host.instanceId} pid`));

    await provider.close();

    expect(isRunning(line.replace(/.* /, ''))).toBe(false);
  });

  it('is not switching it off: then it boots again with its disk, its address and what is enabled, and no user data', async () => {
    const unit = '[Service]\\nExecStart=/bin/sh -c "echo $REHEARSAL_INSTANCE_ID boots; exec sleep 1000"';
    const { host, pid } = await hostWithProcess(
      'echo once >>"$DESTDIR/opt/births"; mkdir -p "$DESTDIR/run"; touch "$DESTDIR/run/app.pid"',
      `printf '%b\\n' '${unit}' >"$DESTDIR/etc/systemd/system/app.service"; systemctl enable app`,
      'echo "$REHEARSAL_INSTANCE_ID pid $$"; exec sleep 1000',
    );

    await host.stop();
    const whileStopped = isRunning(pid);
    await host.boot();
    await consoleLine(test.ground, new RegExp(`^${host.instanceId} boots`));

    expect(whileStopped).toBe(false);
    expect(await onDisk(test.ground, host, 'opt/births')).toBe('once\n');
    await expect(onDisk(test.ground, host, 'run/app.pid')).rejects.toThrow('ENOENT');
    expect((await fetch(`http://${host.privateIpAddress}:1338/latest/api/token`)).status).toBe(401);
    await host.terminate();
  });
});
