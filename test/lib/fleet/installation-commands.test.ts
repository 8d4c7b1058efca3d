import { spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { installationCommands } from '../../../lib/fleet/installation-commands.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const ENGINE = {
  agentBucketName: 'assets',
  agentX86ObjectKey: 'x86.gz',
  agentArm64ObjectKey: 'not-published',
  commandServiceUrl: 'https://commands.lambda-url.eu-west-1.on.aws/',
};

const AGENT = '#!/bin/sh\necho "the agent runs"\n';

interface Boot {
  readonly run: SpawnSyncReturns<string>;
  readonly disk: string;
  readonly calls: () => string[];
}

/** Runs the commands as user data would be, with stand-ins that note how they were called. */
function boot({ machine = 'x86_64', failing = '', object = gzipSync(AGENT) as Uint8Array } = {}): Boot {
  const directory = temporaryDirectory('slipway-boot-');
  const [bin, disk, log] = ['bin', 'disk', 'calls'].map((name) => join(directory, name)) as [string, string, string];
  mkdirSync(bin);
  writeFileSync(join(directory, 'object'), object);
  const answers = { aws: `cat '${directory}/object'`, systemctl: '', uname: `echo ${machine}` };
  for (const [command, answer] of Object.entries(answers)) {
    const note = command === 'uname' ? '' : `echo "${command} $*" >> '${log}'`;
    const end = command === failing ? 'exit 1' : '';
    writeFileSync(join(bin, command), `#!/bin/sh\n${note}\n${answer}\n${end}\n`);
    chmodSync(join(bin, command), 0o755);
  }
  const script = [...installationCommands(ENGINE, 'eu-west-1'), 'echo "the rest of the script"'].join('\n');
  const run = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    env: { PATH: `${bin}:${process.env.PATH}`, DESTDIR: disk },
  });
  return { run, disk, calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []) };
}

const unitOn = (disk: string): string => `${disk}/etc/systemd/system/slipway-agent.service`;

describe('the installation of the agent', () => {
  it('fetches the executable for its processor, then starts its service', () => {
    const { disk, calls } = boot();

    expect(calls()).toEqual([
      'aws s3 cp --only-show-errors s3://assets/x86.gz -',
      'systemctl daemon-reload',
      'systemctl enable --now slipway-agent',
    ]);
    const agent = spawnSync(`${disk}/opt/slipway/bin/slipway-agent`, { encoding: 'utf8' });
    expect(agent.stdout).toBe('the agent runs\n');
  });

  it('takes an executable that is not compressed as it is', () => {
    const { disk } = boot({ object: Buffer.from(AGENT) });

    expect(readFileSync(`${disk}/opt/slipway/bin/slipway-agent`, 'utf8')).toBe(AGENT);
  });

  it('tells the agent where to poll', () => {
    const { disk } = boot();

    expect(parse(readFileSync(`${disk}/etc/slipway/agent.yml`, 'utf8'))).toEqual({
      deploy_control_endpoint: 'https://commands.lambda-url.eu-west-1.on.aws/',
      region: 'eu-west-1',
    });
  });

  it('tells the agent where copies of script output go', () => {
    const commands = installationCommands(ENGINE, 'eu-west-1', '/slipway/hook-scripts/web/web-fleet');

    expect(commands).toContain('hook_log_group: /slipway/hook-scripts/web/web-fleet');
  });

  it('makes the service of the agent’s own unit, without its comments', () => {
    const unit = readFileSync(new URL('../../../agent/service/slipway-agent.service', import.meta.url), 'utf8');

    const { disk } = boot();

    expect(readFileSync(unitOn(disk), 'utf8')).toBe(unit.replaceAll(/^#.*\n/gm, ''));
  });

  it.each([
    ['a failed download', { failing: 'aws' }],
    ['half a download', { object: gzipSync(AGENT).subarray(0, -10) }],
  ])('stops at %s, without harm to the rest of the script', (_, circumstances) => {
    const { run, disk } = boot(circumstances);

    expect(existsSync(`${disk}/opt/slipway/bin/slipway-agent`)).toBe(false);
    expect(existsSync(unitOn(disk))).toBe(false);
    expect(run.stdout).toBe('the rest of the script\n');
  });

  it.each(['aarch64', 'riscv64'])('says that the engine has no agent for %s, and how it gets one', (machine) => {
    const { run, calls } = boot({ machine });

    expect(run.stderr).toContain(`offers no agent for ${machine}: deploy it with that one in -c agentArchitectures=`);
    expect(calls()).toEqual([]);
  });
});
