import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseDisks, overlayRefusal } from '../../../rehearsal/hosts/disks/choose-disks.ts';
import type { Host, HostProvider } from '../../../rehearsal/hosts/host.ts';
import { createProcessHosts } from '../../../rehearsal/hosts/process-hosts.ts';
import { startTestGround } from '../ground.ts';
import type { TestGround } from '../ground.ts';
import { anInstance, consoleLine, onDisk, script } from './machines.ts';

const probed = await mkdtemp(join(tmpdir(), 'overlay-probe-'));
const refusal = await overlayRefusal(probed);
await rm(probed, { recursive: true });

/** What find prints of these places; what this user may not read is left out. */
const listing = (places: readonly string[], ...words: string[]): string =>
  spawnSync('find', [...places, '-xdev', ...words], { encoding: 'utf8', maxBuffer: 2 ** 28 }).stdout;

/** Every file of the places where installations write, with what would change if somebody did. */
const fingerprint = (): string =>
  listing(['/'], '-maxdepth', '1', '-printf', '%p %m %i\n') +
  listing(
    ['/etc', '/opt', '/srv', '/usr/local', '/var/www', '/var/lib/cloud'],
    ...['-printf', '%p %m %u %s %i %T@ %C@\n'],
  );

const mounts = (): string => readFileSync('/proc/self/mounts', 'utf8');

/** Processes of this system whose command line holds the text. */
const processesWith = (text: string): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(text);
      } catch {
        return false;
      }
    });

describe.runIf(refusal === undefined)('A disk that is a copy-on-write view of this machine', () => {
  let test: TestGround;
  let hosts: HostProvider;

  beforeAll(async () => {
    test = await startTestGround(() => [], { speed: 50 });
    hosts = createProcessHosts(test.ground, await chooseDisks('overlay', test.ground.directory));
  });
  afterAll(async () => {
    await hosts.close();
    await test.close();
  });

  /** Runs commands on a new host and waits until they have ended; resolves with what they printed too. */
  async function afterCommands(...commands: string[]): Promise<{ host: Host; output: string }> {
    const host = await hosts.start(anInstance({ userData: script(...commands, 'echo "$REHEARSAL_INSTANCE_ID done"') }));
    await consoleLine(test.ground, new RegExp(`^${host.instanceId} done`));
    return { host, output: await onDisk(test.ground, host, 'var/log/cloud-init-output.log') };
  }

  it('takes an unmodified installation and leaves this machine as it was', async () => {
    const before = { files: fingerprint(), mounts: mounts() };

    const { host, output } = await afterCommands(
      'set -e',
      'mkdir -p /var/www/shop /etc/shop /opt/shop/bin /shop',
      'echo "<h1>open</h1>" >/var/www/shop/index.html',
      'echo "PORT=8080" >/etc/shop/shop.conf',
      `printf '#!/bin/sh\\n. /etc/shop/shop.conf\\necho "serves $(cat /var/www/shop/index.html) on $PORT"\\n' >/opt/shop/bin/serve`,
      'chmod +x /opt/shop/bin/serve',
      'rm -f /etc/os-release && echo "NAME=shop" >/etc/os-release',
      'echo installed >/usr/local/bin/shop-marker; echo rooted >/shop/file; echo home >~/note; echo own >/tmp/own',
      '/opt/shop/bin/serve; cat /etc/os-release; ls ~ /tmp',
      'echo "destdir <${DESTDIR-unset}>"',
    );
    await host.terminate();

    expect(output).toContain('serves <h1>open</h1> on 8080\nNAME=shop\n');
    expect(output).toContain('destdir <unset>');
    expect(await onDisk(test.ground, host, 'var/www/shop/index.html')).toBe('<h1>open</h1>\n');
    expect(await onDisk(test.ground, host, 'root/note')).toBe('home\n');
    expect(fingerprint()).toBe(before.files);
    expect(mounts()).toBe(before.mounts);
    expect([existsSync('/shop'), existsSync('/tmp/own')]).toEqual([false, false]);
  });

  it('shows what is installed here, and nothing of the user', async () => {
    const { output } = await afterCommands(
      'node --version',
      'echo "$(find /root /home -mindepth 1 | wc -l) files of the user"',
      'echo "first process: $(tr "\\0" " " </proc/1/cmdline)"',
      'echo "as $(id -u)"',
    );

    expect(output).toContain(`${process.version}\n0 files of the user\n`);
    expect(output).toContain('first process: /bin/sh');
    expect(output).toContain('as 0\n');
  });

  it('is no other host’s disk', async () => {
    const [one, two] = await Promise.all([
      afterCommands('echo one >/opt/name; sleep 5; cat /opt/name'),
      afterCommands('echo two >/opt/name; sleep 5; cat /opt/name'),
    ]);

    expect([one.output, two.output].map((output) => output.split('\n')[0])).toEqual(['one', 'two']);
  });

  it('has services whose units and files stand at their absolute paths', async () => {
    const { host, output } = await afterCommands(
      'mkdir -p /opt/greeter && echo "WORDS=one" >/etc/greeter.conf',
      `printf '#!/bin/sh\\necho "greets $1 in $PWD"; exec sleep 1h\\n' >/opt/greeter/greet.sh; chmod +x /opt/greeter/greet.sh`,
      `printf '[Service]\\nEnvironmentFile=/etc/greeter.conf\\nWorkingDirectory=/opt/greeter\\nExecStart=/opt/greeter/greet.sh $WORDS\\n' >/etc/systemd/system/greeter.service`,
      'systemctl daemon-reload && systemctl enable --now greeter',
      'systemctl is-active greeter; systemctl is-enabled greeter; readlink /etc/systemd/system/*.wants/*',
    );

    await consoleLine(test.ground, /^greets one in \/opt\/greeter$/);

    expect(output).toContain('active\nenabled\n/etc/systemd/system/greeter.service\n');
    expect(await onDisk(test.ground, host, 'var/log/journal/greeter.log')).toContain('greets one in /opt/greeter\n');
  });

  it('is there again, with all that a machine must see, when that boots again', async () => {
    const program = 'console.log(process.env.REHEARSAL_INSTANCE_ID, "boots as of", process.version)';
    const { host } = await afterCommands(
      `mkdir -p /opt/app && echo '${program}' >/opt/app/main.js`,
      `printf '[Service]\\nExecStart=/usr/bin/node /opt/app/main.js\\n' >/etc/systemd/system/app.service`,
      'systemctl enable app',
    );

    await host.stop();
    await host.boot();

    const line = await consoleLine(test.ground, new RegExp(`^${host.instanceId} boots`));
    expect(line).toBe(`${host.instanceId} boots as of ${process.version}`);
  });

  it('has services whose main process alone is ended when their KillMode says so', async () => {
    const { output } = await afterCommands(
      `printf '[Service]\\nKillMode=process\\nExecStart=/bin/sh -c "setsid sleep 10h & echo $$! >/opt/child; wait"\\n' >/etc/systemd/system/parent.service`,
      'systemctl start parent; until [ -s /opt/child ]; do sleep 1; done; systemctl stop parent',
      'test -e "/proc/$(cat /opt/child)/exe" && echo child stays; systemctl is-active parent',
    );

    expect(output).toContain('child stays\ninactive\n');
  });

  it('ends with everything that ran on it, wherever that went', async () => {
    const sign = `7${Date.now()}`;
    const { host } = await afterCommands(
      `(setsid env -i /bin/sh -c '(/bin/sleep ${sign} &)' &)`,
      `(setsid /bin/sleep ${sign} &)`,
    );
    await expect.poll(() => processesWith(sign).length).toBe(2);

    await host.terminate();

    expect(processesWith(sign)).toEqual([]);
    expect(processesWith(host.instanceId)).toEqual([]);
    expect(existsSync(join(test.ground.directory, 'overlays', host.instanceId))).toBe(false);
  });

  it('starts in well under a second', async () => {
    const startedAt = performance.now();

    await afterCommands('true');

    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

describe('Where the system allows no copy-on-write disks', () => {
  let unusable: string;
  beforeAll(async () => {
    // A comma parts the options of a mount: the kernel refuses a layer below such a directory.
    unusable = await mkdtemp(join(tmpdir(), 'over,lay-'));
  });
  afterAll(() => rm(unusable, { recursive: true }));

  it('it is told why, and disks are plain directories', async () => {
    const disks = await chooseDisks('auto', join(unusable, 'rehearsal'));

    expect(disks.description).toMatch(/plain directory.*\nThis system allows no copy-on-write disks: .+\.\n.*DESTDIR/);
  });

  it('who insists on them gets an error with the reason and the remedy', async () => {
    await expect(chooseDisks('overlay', join(unusable, 'rehearsal'))).rejects.toThrow(/: .+\. Use --disks directory/);
  });

  it('this system says why, should it be one of them', () => {
    expect(refusal ?? 'allowed').toMatch(/\w+/);
  });
});

describe('Plain directories', () => {
  it('are what everybody gets who asks for them, whatever the system allows', async () => {
    const disks = await chooseDisks('directory', '/run/r');

    expect(disks.description).toMatch(/plain directory, \/run\/r\/hosts\/<instance id>\.\n.*DESTDIR/);
  });
});
