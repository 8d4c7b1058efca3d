import { spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { installationCommands } from '../../../lib/fleet/installation-commands.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const ENGINE = {
  agentBucketName: 'assets',
  agentObjectKey: 'abc.mjs',
  commandServiceUrl: 'https://commands.lambda-url.eu-west-1.on.aws/',
};

/** Runs the commands as user data would be, with stand-ins that note how they were called. */
function boot(failing?: string): { run: SpawnSyncReturns<string>; disk: string; calls: () => string[] } {
  const directory = temporaryDirectory('slipway-boot-');
  const [bin, disk, log] = ['bin', 'disk', 'calls'].map((name) => join(directory, name)) as [string, string, string];
  mkdirSync(bin);
  for (const command of ['dnf', 'aws', 'systemctl']) {
    const stub = `#!/bin/sh\necho "${command} $*" >> '${log}'\n${command === failing ? 'exit 1' : ''}\n`;
    writeFileSync(join(bin, command), stub);
    chmodSync(join(bin, command), 0o755);
  }
  const script = ['#!/bin/bash', ...installationCommands(ENGINE, 'eu-west-1'), 'echo "the rest of the script"'].join(
    '\n',
  );
  const run = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    env: { PATH: `${bin}:${process.env.PATH}`, DESTDIR: disk },
  });
  return { run, disk, calls: () => readFileSync(log, 'utf8').trim().split('\n') };
}

describe('the installation of the agent', () => {
  it('fetches Node and the agent, then starts its service', () => {
    const { disk, calls } = boot();

    expect(calls()).toEqual([
      'dnf install -y nodejs22',
      `aws s3 cp s3://assets/abc.mjs ${disk}/opt/slipway/agent.mjs`,
      'systemctl daemon-reload',
      'systemctl enable --now slipway-agent',
    ]);
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

  it('makes a service that comes back, and does not take applications along when it stops', () => {
    const { disk } = boot();

    const service = readFileSync(`${disk}/etc/systemd/system/slipway-agent.service`, 'utf8').split('\n');

    expect(service).toContain(
      `ExecStart=/usr/bin/env node ${disk}/opt/slipway/agent.mjs --config ${disk}/etc/slipway/agent.yml`,
    );
    expect(service).toContain('Restart=always');
    expect(service).toContain('KillMode=process');
  });

  it('stops at the first failure, without harm to the rest of the script', () => {
    const { run, disk, calls } = boot('aws');

    expect(calls().at(-1)).toMatch(/^aws/);
    expect(existsSync(`${disk}/etc/systemd/system/slipway-agent.service`)).toBe(false);
    expect(run.stdout).toBe('the rest of the script\n');
  });
});
