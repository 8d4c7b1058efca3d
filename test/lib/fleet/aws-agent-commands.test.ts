import { spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { awsAgentCommands } from '../../../lib/fleet/aws-agent-commands.ts';
import { parseServiceUnit } from '../../../rehearsal/hosts/systemd/service-unit.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const URL = 'https://commands.lambda-url.eu-west-1.on.aws/';
const SECRET = 'wJalrXUtnFEMI';
const ENDPOINT = 'https://door.lambda-url.eu-west-1.on.aws/111122223333/web-host/i-0abc/s3cr3t';
const CREDENTIALS = { AccessKeyId: 'ASIAEXAMPLE', SecretAccessKey: SECRET, Token: 'FwoGZXIvYXdz' };

const answer = (value: object): string => `echo '${JSON.stringify(value)}'`;

/** What an instance has, as far as the commands use it; each program notes how it was called. */
const PROGRAMS = {
  dnf: '',
  systemctl: '',
  wget: 'cp "$0" install',
  install: 'cp "$TEMPLATE" "$DISK/etc/codedeploy-agent/conf/codedeployagent.yml"',
  curl: `case "$*" in
    */api/token) echo token ;;
    */instance-identity/document) ${answer({ accountId: '111122223333', instanceId: 'i-0abc' })} ;;
    */services/partition) echo aws ;;
    */security-credentials/) echo web-host ;;
    */security-credentials/web-host) ${answer(CREDENTIALS)} ;;
    *) cat >"$DISK/question"; eval "$ANSWER" ;;
  esac`,
  ruby: `exec node -e 'console.log(JSON.parse(fs.readFileSync(0))[process.argv[1]])' "$4"`,
};

/** Runs the commands as user data would be, in a shell that traces, on a disk of its own. */
function boot(engineAnswers = answer({ Endpoint: ENDPOINT })): {
  run: SpawnSyncReturns<string>;
  disk: string;
  calls: string[];
} {
  const directory = temporaryDirectory('slipway-boot-');
  const [bin, disk, log, template] = ['bin', 'disk', 'calls', 'template.yml'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
    string,
  ];
  mkdirSync(bin);
  mkdirSync(`${disk}/etc/codedeploy-agent/conf`, { recursive: true });
  writeFileSync(template, "---\n:root_dir: '/opt/codedeploy-agent/deployment-root'\n:wait_between_runs: 1\n");
  for (const [name, program] of Object.entries(PROGRAMS)) {
    writeFileSync(join(bin, name), `#!/bin/bash\necho "\${0##*/} $*" >>'${log}'\n${program}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const commands = awsAgentCommands({ commandServiceUrl: URL }, { region: 'eu-west-1', urlSuffix: 'amazonaws.com' });
  const script = ['set -x', ...commands, 'echo "the rest of the script"']
    .join('\n')
    .replaceAll('/etc/', `${disk}/etc/`)
    .replace('./install', `${bin}/install`);
  const run = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    env: { PATH: `${bin}:${process.env.PATH}`, DISK: disk, TEMPLATE: template, ANSWER: engineAnswers },
  });
  return { run, disk, calls: readFileSync(log, 'utf8').trim().split('\n') };
}

describe('the installation of AWS’s agent', () => {
  let booted: ReturnType<typeof boot>;
  beforeAll(() => {
    booted = boot();
  });

  it('fetches and runs AWS’s installer, and starts the agent when it knows where to ask', () => {
    const { calls } = booted;

    expect(calls.filter((call) => !/^(curl|ruby)/.test(call))).toEqual([
      'dnf install -y ruby wget',
      'wget -q https://aws-codedeploy-eu-west-1.s3.eu-west-1.amazonaws.com/latest/install',
      'systemctl daemon-reload',
      'install auto',
      'systemctl enable codedeploy-agent',
      'systemctl restart codedeploy-agent',
    ]);
  });

  it('leaves AWS’s configuration as it is, but for the endpoint and the pace', () => {
    const { disk } = booted;

    const file = `${disk}/etc/codedeploy-agent/conf/codedeployagent.yml`;
    expect(parse(readFileSync(file, 'utf8'))).toEqual({
      ':root_dir': '/opt/codedeploy-agent/deployment-root',
      ':deploy_control_endpoint': ENDPOINT,
      ':wait_between_runs': 15,
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('never lets the package start an agent that would ask AWS’s CodeDeploy', () => {
    const { disk, calls } = booted;

    const dropIn = readFileSync(`${disk}/etc/systemd/system/codedeploy-agent.service.d/slipway.conf`, 'utf8');
    const { conditions } = parseServiceUnit(`[Service]\nExecStart=/x\n${dropIn}`);
    const runs = (content: string): number | null => {
      const configuration = join(disk, 'another.yml');
      writeFileSync(configuration, content);
      const [program = '', ...words] = conditions[0]?.words ?? [];
      expect(words.pop()).toBe(`${disk}/etc/codedeploy-agent/conf/codedeployagent.yml`);
      return spawnSync(program, [...words, configuration]).status;
    };
    expect(runs(':wait_between_runs: 1\n')).toBe(1);
    expect(runs(`:deploy_control_endpoint: ${ENDPOINT}\n`)).toBe(0);
    expect(calls.indexOf('systemctl daemon-reload')).toBeLessThan(calls.indexOf('install auto'));
  });

  it('asks for the endpoint of its own host, signed with the role of the instance', () => {
    const { disk } = booted;

    expect(readFileSync(`${disk}/question`, 'utf8').trim().split('\n')).toEqual([
      'aws-sigv4 = "aws:amz:eu-west-1:lambda"',
      `user = "ASIAEXAMPLE:${SECRET}"`,
      'header = "x-amz-security-token: FwoGZXIvYXdz"',
      'header = "content-type: application/x-amz-json-1.1"',
      'header = "x-amz-target: Slipway.IssueHostSecret"',
      String.raw`data = "{\"HostIdentifier\":\"arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc\"}"`,
    ]);
  });

  it('shows no secret: in no command line, and on no console, even where the script is traced', () => {
    const { run, calls } = booted;

    const shown = [...calls, run.stdout, run.stderr].join('\n');
    expect(shown).not.toMatch(new RegExp([SECRET, 's3cr3t', CREDENTIALS.Token].join('|')));
    expect(run.stdout).toBe('the rest of the script\n');
  });

  it('says why the engine refuses, and starts nothing', () => {
    const { run, calls } = boot('echo "deploy it with awsAgents: true"; exit 22');

    expect(run.stderr).toContain('deploy it with awsAgents: true');
    expect(calls).not.toContain('systemctl restart codedeploy-agent');
    expect(run.stdout).toBe('the rest of the script\n');
  });
});
