import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseHostConfig } from '../../agent/config/parse-config.ts';
import { stagingBelow } from '../../agent/config/staging.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const ROOT = join(import.meta.dirname, '../..');
const guide = readFileSync(join(ROOT, 'docs/agent.md'), 'utf8');
const sectionOf = (heading: string): string => guide.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

/** The sources in which messages stand that the guide quotes. */
const sources = ['agent', 'core/mailbox', 'lambdas/commands', 'lib/fleet']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((f) => join(folder, f)),
  )
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n')
  .replaceAll(/['`] \+\s+['`]/g, ''); // a message may go on in the next line

describe('the guide to the agent', () => {
  it('explains every key of the configuration, and no other', () => {
    const readers = readFileSync(join(ROOT, 'agent/config/parse-config.ts'), 'utf8');
    const known = [...readers.matchAll(/Of\(\s*values,\s*'(\w+)'/g)].map(([, key = '']) => key);

    const explained = [...sectionOf('Configure').matchAll(/^\| `(\w+)`/gm)].map(([, key = '']) => key);

    expect(explained.toSorted()).toEqual([...new Set(known)].toSorted());
  });

  it('shows configurations that the agent takes', () => {
    const shown = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text.replaceAll(/^ +/gm, ''));

    expect(shown).toHaveLength(2);
    for (const text of shown) parseHostConfig(text, stagingBelow());
  });

  const symptoms = sectionOf('When something is wrong')
    .split('\n')
    .slice(3)
    .flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]{12,})`/g)].map(([, message = '']) => message))
    .filter((message) => !/^HTTP 403|^\(AccessDenied/.test(message));

  it.each(symptoms)('quotes a message that the code has: %s', (message) => {
    expect(sources.includes(message)).toBe(true);
  });
});

describe('the script that updates an agent', () => {
  const script = /```bash\n(.*?)```/s.exec(sectionOf('Stop, crash, update'))?.[1] ?? '';

  it('puts what the engine published in the place of the agent, and starts it anew', () => {
    const directory = temporaryDirectory('slipway-update-');
    const { run, program, calls } = update(directory, gzipSync('#!/bin/sh\necho "the new agent"\n'));

    expect(run.status).toBe(0);
    expect(spawnSync(program, { encoding: 'utf8' }).stdout).toBe('the new agent\n');
    expect(calls()).toEqual([
      'aws ssm get-parameter --name /slipway/agent-bucket-name --query Parameter.Value --output text',
      'aws ssm get-parameter --name /slipway/agent-arm64-object-key --query Parameter.Value --output text',
      'aws s3 cp --only-show-errors s3://of-agent-bucket-name/of-agent-arm64-object-key -',
      'systemctl restart slipway-agent',
    ]);
  });

  it('leaves the agent as it is when the download breaks off', () => {
    const directory = temporaryDirectory('slipway-update-');
    const { run, program, calls } = update(
      directory,
      gzipSync('#!/bin/sh\n').subarray(0, -10),
      '#!/bin/sh\necho old\n',
    );

    expect(run.status).not.toBe(0);
    expect(spawnSync(program, { encoding: 'utf8' }).stdout).toBe('old\n');
    expect(calls()).not.toContain('systemctl restart slipway-agent');
  });

  /** Runs it on a machine whose commands are stand-ins that note how they were called. */
  function update(directory: string, object: Uint8Array, installed?: string) {
    const [bin, opt, log] = ['bin', 'opt', 'calls'].map((name) => join(directory, name)) as [string, string, string];
    const program = join(opt, 'slipway/bin/slipway-agent');
    mkdirSync(bin);
    mkdirSync(join(opt, 'slipway/bin'), { recursive: true });
    if (installed) writeFileSync(program, installed, { mode: 0o755 });
    writeFileSync(join(directory, 'object'), object);
    const note = `echo "$(basename "$0") $*" >> '${log}'`;
    const commands = {
      aws: `${note}\ncase "$1" in ssm) echo "of-\${4#/slipway/}" ;; s3) cat '${directory}/object' ;; esac`,
      systemctl: note,
      uname: 'echo aarch64',
    };
    for (const [name, text] of Object.entries(commands))
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    const run = spawnSync('bash', ['-c', script.replaceAll('/opt/slipway', `${opt}/slipway`)], {
      encoding: 'utf8',
      env: { PATH: `${bin}:${process.env.PATH}` },
    });
    return { run, program, calls: () => readFileSync(log, 'utf8').trim().split('\n') };
  }
});
