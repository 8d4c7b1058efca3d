import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host, HostProvider } from '../../../rehearsal/hosts/host.ts';
import { createProcessHosts } from '../../../rehearsal/hosts/process-hosts.ts';
import { startTestGround } from '../ground.ts';
import type { TestGround } from '../ground.ts';
import { anInstance, consoleLine, onDisk, script } from './machines.ts';

describe('Services of a host', () => {
  let test: TestGround;
  let hosts: HostProvider;

  beforeAll(async () => {
    test = await startTestGround(() => [], { speed: 100 });
    hosts = createProcessHosts(test.ground);
  });
  afterAll(async () => {
    await hosts.close();
    await test.close();
  });

  const unit = (name: string, ...service: string[]): string[] => [
    `cat > "$DESTDIR/etc/systemd/system/${name}.service" <<'UNIT'`,
    '[Unit]',
    'Description=Test',
    '',
    '[Service]',
    ...service,
    'UNIT',
  ];

  /** Runs commands on a new host and waits until they have ended. */
  async function afterCommands(...commands: string[]): Promise<Host> {
    const host = await hosts.start(anInstance({ userData: script(...commands, 'echo "$REHEARSAL_INSTANCE_ID done"') }));
    await consoleLine(test.ground, new RegExp(`^${host.instanceId} done`));
    return host;
  }

  const printed = (host: Host): Promise<string> => onDisk(test.ground, host, 'var/log/cloud-init-output.log');

  it('are not started where a drop-in’s condition does not hold, which is no failure', async () => {
    const host = await afterCommands(
      ...unit('careful', 'ExecStart=/bin/sleep 1h'),
      'cd "$DESTDIR/etc/systemd/system" && mkdir careful.service.d',
      'echo "[Service]" >careful.service.d/ready.conf',
      'echo "ExecCondition=/usr/bin/test -e $DESTDIR/opt/ready" >>careful.service.d/ready.conf',
      'systemctl start careful; echo "exit code $?"; systemctl is-active careful',
      'touch "$DESTDIR/opt/ready"; systemctl restart careful; systemctl is-active careful',
    );

    expect(await printed(host)).toContain('exit code 0\ninactive\nactive\n');
  });

  it('run with what their unit says, in paths of the disk', async () => {
    const host = await afterCommands(
      ...unit(
        'greeter',
        'Environment="GREETING=good day" WHOM=world',
        'EnvironmentFile=/etc/greeter.conf',
        'WorkingDirectory=/opt/greeter',
        'ExecStart=/opt/greeter/greet.sh ${GREETING} $WORDS',
      ),
      'mkdir -p "$DESTDIR/opt/greeter"',
      `echo 'WORDS="one two"' > "$DESTDIR/etc/greeter.conf"`,
      `printf '#!/bin/sh\\necho "$# $1 $WHOM $2 $3 in $PWD"; exec sleep 1h\\n' > "$DESTDIR/opt/greeter/greet.sh"`,
      'chmod +x "$DESTDIR/opt/greeter/greet.sh"',
      'systemctl daemon-reload',
      'systemctl enable --now greeter',
      'systemctl is-active greeter; systemctl is-enabled greeter.service',
    );

    await consoleLine(test.ground, /^3 good day world one two/);

    const root = join(test.ground.directory, 'hosts', host.instanceId);
    expect(await onDisk(test.ground, host, 'var/log/journal/greeter.log')).toContain(
      `3 good day world one two in ${root}/opt/greeter\n`,
    );
    expect(await printed(host)).toMatch(/active\nenabled\n/);
  });

  it('are started again when they fail, after their RestartSec in rehearsed time', async () => {
    const tries =
      'echo x >> "$DESTDIR/tries"; test $$(wc -l < "$DESTDIR/tries") -eq 3 && echo settled && exec sleep 1h; exit 1';
    const host = await afterCommands(
      ...unit('flaky', `ExecStart=/bin/sh -c '${tries}'`, 'Restart=on-failure', 'RestartSec=5'),
      'systemctl start flaky',
    );

    await consoleLine(test.ground, /^settled/);

    const moments = test.ground.journal.entries.filter(
      (entry) =>
        entry.kind === 'console' && entry.instanceId === host.instanceId && /status=1|settled/.test(entry.line),
    );
    expect(moments).toHaveLength(3);
    expect((moments[2]?.at ?? 0) - (moments[0]?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
  });

  it('stay down when they end well', async () => {
    const host = await afterCommands(
      ...unit('task', 'ExecStart=/bin/true', 'Restart=on-failure'),
      'systemctl start task',
      'while systemctl -q is-active task; do :; done',
      'systemctl is-active task',
    );

    expect(await printed(host)).toMatch(/^inactive$/m);
  });

  it('that are enabled come back when a program of the host has asked for a reboot', async () => {
    const host = await hosts.start(
      anInstance({
        userData: script(
          ...unit('counter', `ExecStart=/bin/sh -c 'echo start >> "$DESTDIR/starts"; exec sleep 1h'`),
          'systemctl enable --now counter',
          'until [ -s "$DESTDIR/starts" ]; do sleep 1; done',
          'systemctl reboot; sleep 1h',
        ),
      }),
    );

    await expect
      .poll(() => onDisk(test.ground, host, 'starts').catch(() => ''), { timeout: 5000 })
      .toBe('start\nstart\n');
  });

  it('end with all their processes when they are stopped', async () => {
    const host = await afterCommands(
      ...unit('pair', `ExecStart=/bin/sh -c 'setsid sleep 10h & echo $$! > "$DESTDIR/child"; wait'`),
      'systemctl start pair',
      'until [ -s "$DESTDIR/child" ]; do sleep 1; done',
      'systemctl stop pair',
      'systemctl status pair; test -e "/proc/$(cat "$DESTDIR/child")/exe" || echo child gone',
    );

    expect(await printed(host)).toMatch(/Active: inactive[^]*child gone/);
  });

  it('leave what they started when their KillMode says so', async () => {
    const host = await afterCommands(
      ...unit(
        'parent',
        'KillMode=process',
        `ExecStart=/bin/sh -c 'setsid sleep 10h & echo $$! > "$DESTDIR/child"; wait'`,
      ),
      'systemctl start parent',
      'until [ -s "$DESTDIR/child" ]; do sleep 1; done',
      'systemctl stop parent',
      'test -e "/proc/$(cat "$DESTDIR/child")/exe" && echo child stays',
    );

    expect(await printed(host)).toContain('child stays');
  });

  it('wait for their ExecStartPre and fail with it', async () => {
    const host = await afterCommands(
      ...unit('gated', 'ExecStartPre=-/bin/false', 'ExecStartPre=/bin/false', 'ExecStart=/bin/echo never'),
      'systemctl start gated || echo "start ended with $?"',
      'systemctl is-active gated',
    );

    expect(await printed(host)).toMatch(/start ended with 1\nfailed\n/);
    expect(await onDisk(test.ground, host, 'var/log/journal/gated.log')).not.toContain('never');
  });

  it('have node where a unit expects it, in rehearsed time', async () => {
    await afterCommands(
      `echo 'const s = Date.now(); setTimeout(() => console.log("waited", Date.now() - s), 10_000)' > "$DESTDIR/opt/clock.js"`,
      ...unit('clock', 'ExecStart=/usr/bin/node /opt/clock.js'),
      'systemctl start clock',
    );

    const line = await consoleLine(test.ground, /^waited/);

    // Node may fire a timer a wall millisecond before Date says so: a hundred rehearsed ones at this speed.
    expect(Number(line.replace(/\D+/, ''))).toBeGreaterThanOrEqual(10_000 - test.ground.clock.speed);
  });

  it('answer a mistake with the remedy', async () => {
    const host = await afterCommands(
      'systemctl start nothing || echo "ended with $?"',
      'systemctl isolate rescue.target || echo "ended with $?"',
    );

    const output = await printed(host);

    expect(output).toContain('Unit nothing.service not found. Units are read from ${DESTDIR:-}/etc/systemd/system');
    expect(output).toContain('ended with 5\n');
    expect(output).toMatch(/only knows daemon-reload, reboot, start, .*\nended with 1\n/);
  });
});
