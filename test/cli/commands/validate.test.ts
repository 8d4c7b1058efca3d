import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { handmadeTar, zipOf } from '../../agent/support/bundles.ts';
import type { Tree } from '../../agent/support/files.ts';
import { writeTree } from '../../agent/support/files.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { slipway } from '../support/recording-terminal.ts';
import { slipwayProcess } from '../support/command-process.ts';

const HEAD = 'version: 0.0\nos: linux\n';
const SCRIPT = { script: '#!/bin/sh\nexit 0\n' };

function aRevision(appSpec: string, tree: Tree = {}): string {
  const directory = temporaryDirectory();
  writeTree(directory, { 'appspec.yml': HEAD + appSpec, ...tree });
  return directory;
}

async function findings(directory: string, ...options: readonly string[]): Promise<string[]> {
  const { out } = await slipway('validate', directory, '--json', ...options);
  const { findings } = JSON.parse(out.join('\n')) as { findings: Record<string, string | number | null>[] };
  return findings.map(
    ({ file, line, column, severity, message }) => `${file}:${line}:${column} ${severity}: ${message}`,
  );
}

describe('a revision', () => {
  it('is valid when all of it will run', async () => {
    const directory = aRevision(
      `files: [{source: /, destination: /opt/web}]\npermissions: [{object: /opt/web, mode: "0755"}]\nhooks: {AfterInstall: [{location: /go.sh}]}`,
      { 'go.sh': SCRIPT },
    );

    expect(await slipway('validate', directory)).toEqual({ code: 0, out: [`${directory} is valid`], err: [] });
  });

  it('is told as a compiler would tell it', async () => {
    const directory = aRevision('hooks:\n  AfterInstall:\n    - location: go.sh\n      timeout: 5m\n');

    const { code, out } = await slipway('validate', directory);

    expect(code).toBe(1);
    expect(out).toEqual([
      'appspec.yml:5:7: error: Script does not exist at specified location: go.sh',
      '    put the script into the revision, or correct the path, which begins at its root',
      'appspec.yml:6:16: warning: The timeout 5m counts as 5 seconds.',
      '    write whole seconds, without a unit',
      `${directory} is not valid: 1 error, 1 warning`,
    ]);
  });

  it('with warnings is valid, except to the strict', async () => {
    const directory = aRevision('hooks: {ApplicationStrat: []}');

    const [lenient, strict] = [await slipway('validate', directory), await slipway('validate', directory, '--strict')];

    expect([lenient.code, strict.code]).toEqual([0, 1]);
    expect([lenient.out.at(-1), strict.out.at(-1)]).toEqual([
      `${directory} is valid: 1 warning`,
      `${directory} is not valid: 1 warning`,
    ]);
  });

  it('without an AppSpec is not valid', async () => {
    expect(await findings(temporaryDirectory())).toEqual([
      expect.stringMatching(/^appspec\.yml:null:null error: The CodeDeploy agent did not find an AppSpec file/),
    ]);
  });

  it('may name its AppSpec otherwise', async () => {
    const directory = aRevision('', { 'deploy/other.yml': `${HEAD}file_exists_behavior: keep` });

    expect(await findings(directory, '-A', 'deploy/other.yml')).toEqual([
      expect.stringMatching(/^deploy\/other\.yml:3:23 error: .*invalid file_exists_behavior value \(keep\)/),
    ]);
  });

  it("warns of appspec.yaml, which AWS's agent finds in Install only", async () => {
    const directory = temporaryDirectory();
    writeTree(directory, { 'appspec.yaml': HEAD });

    expect(await findings(directory)).toEqual([
      "appspec.yaml:null:null warning: The revision has no appspec.yml: appspec.yaml is taken instead. AWS's agent does so in Install only, and finds no hook scripts.",
    ]);
    expect(await findings(directory, '-A', 'appspec.yaml')).toEqual([]);
  });
});

describe('what a revision installs', () => {
  it.each([
    [
      'a source that is missing',
      '{source: c, destination: /opt}',
      'No such file or directory @ rb_sysopen - c: the revision has no c',
    ],
    [
      'two sources for one file',
      '{source: dir/a, destination: /opt}',
      'specifies two source files named dir/a and a for the same destination (/opt/a)',
    ],
    [
      'a directory where a file goes',
      '{source: dir, destination: /opt/a}',
      'includes an mkdir command more than once for the same destination path (/opt/a) from (a)',
    ],
  ])('must not contain %s', async (_, mapping, message) => {
    const directory = aRevision(`files:\n  - {source: a, destination: /opt}\n  - ${mapping}`, { a: 'a', 'dir/a': 'a' });

    expect(await findings(directory)).toEqual([expect.stringContaining(message)]);
    expect(await findings(directory)).toEqual([expect.stringMatching(/^appspec\.yml:5:5 error/)]);
  });

  it.each([
    ['given twice', '{object: /opt/a, mode: 600}', /setting for \(\/opt\/a\) is specified more than once/],
    [
      'with a pattern on a file',
      '{object: /opt/a, mode: 600, pattern: "*"}',
      /an object \(\/opt\/a\) with an invalid pattern \(\*\)/,
    ],
    [
      'with exceptions on a file',
      '{object: /opt/a, mode: 600, except: [b]}',
      /the except parameter .* \(b\) for the object named \/opt\/a/,
    ],
    [
      'with default entries on a file',
      '{object: /opt/a, acls: ["d:u:deploy:rwx"]}',
      /-d parameter has been specified to apply an acl setting to a file/,
    ],
    [
      'that reach nothing',
      '{object: /srv, mode: 600}',
      /^appspec.yml:6:5 warning: The permission of \/srv reaches nothing/,
    ],
    ['that set nothing', '{object: /srv}', /^appspec.yml:6:5 warning: The permission of \/srv sets nothing\.$/],
  ])('must not have permissions %s', async (_, permission, message) => {
    const directory = aRevision(
      `files: [{source: a, destination: /opt}]\npermissions:\n  - {object: /opt, mode: 644, type: [file]}\n  - ${permission}`,
      { a: 'a' },
    );

    expect(await findings(directory)).toEqual([expect.stringMatching(message)]);
  });

  it('is checked in spite of faults elsewhere', async () => {
    const directory = aRevision(
      'files: [{source: gone, destination: /opt}, {}]\nhooks: {AfterInstall: [{location: gone.sh}]}',
    );

    expect(await findings(directory)).toHaveLength(4);
  });
});

describe('a hook script', () => {
  it.each([
    ['without an interpreter', 'exit 0\n', 'go.sh:1:1 warning: The script names no interpreter: /bin/sh runs it.'],
    ['with Windows line ends', '#!/bin/sh\r\nexit 0\r\n', /^go\.sh:1:10 error: The first line has a Windows line end/],
    ['with one Windows line end', '#!/bin/sh\nexit 0\r\n', /^go\.sh:2:1 warning: The line has a Windows line end/],
    ['with a byte order mark', '\uFEFF#!/bin/sh\n', /^go\.sh:1:1 warning: The script begins with a byte order mark/],
  ])('%s is found out', async (_, script, message) => {
    const directory = aRevision('hooks: {AfterInstall: [{location: go.sh}], ApplicationStart: [{location: go.sh}]}', {
      'go.sh': { script },
    });

    expect(await findings(directory)).toEqual([expect.stringMatching(message)]);
  });

  it('that is a program is taken as it is', async () => {
    const directory = aRevision('hooks: {AfterInstall: [{location: go}]}', { go: { script: '\u007FELF\0\r\n' } });

    expect(await findings(directory)).toEqual([]);
  });

  it.each([
    ['that is not executable', 'plain.sh', /^appspec\.yml:3:24 warning: The script plain\.sh is not executable/],
    ['with arguments', 'go.sh --now', /error: Script does not exist at specified location: go\.sh --now$/],
    ['that is a directory', 'scripts', /error: Script does not exist at specified location: scripts$/],
    ['outside', '../go.sh', /warning: The location \.\.\/go\.sh leads out of the revision/],
    [
      'with a name for shells',
      'go (2).sh',
      /warning: The location go \(2\)\.sh holds a character that means something to a shell/,
    ],
  ])('%s is found out', async (_, location, message) => {
    const directory = aRevision(`hooks: {AfterInstall: [{location: ${location}}]}`, {
      'plain.sh': '#!/bin/sh\n',
      'go.sh': SCRIPT,
      'go (2).sh': SCRIPT,
      scripts: null,
    });

    expect(await findings(directory)).toEqual([expect.stringMatching(message)]);
  });
});

describe('a bundle', () => {
  const unpackedLeft = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('slipway-revision-'));

  it.each(['zip', 'tar', 'tgz', 'tar.gz'])('that is a %s is checked like its directory', async (type) => {
    const directory = aRevision('hooks: {AfterInstall: [{location: go.sh}]}');
    const bundle = join(temporaryDirectory(), `web.${type}`);
    if (type === 'zip') writeFileSync(bundle, await zipOf(directory));
    else execFileSync('tar', [type === 'tar' ? '-cf' : '-czf', bundle, '-C', directory, '.']);

    expect(await findings(bundle)).toEqual([
      'appspec.yml:3:24 error: Script does not exist at specified location: go.sh',
    ]);
  });

  it('that leads out of its directory is refused, and nothing of it is left', async () => {
    const bundle = join(temporaryDirectory(), 'web.tar');
    writeFileSync(bundle, handmadeTar([{ path: '../escape', type: 'File', content: 'x' }]));
    const before = unpackedLeft();

    expect(await findings(bundle)).toEqual([
      expect.stringMatching(/web\.tar:null:null error: The bundle is refused because of its entry "\.\.\/escape"/),
    ]);
    expect(unpackedLeft()).toEqual(before);
  });

  it('that is none is not valid', async () => {
    const bundle = join(temporaryDirectory(), 'web.zip');
    writeFileSync(bundle, 'no zip');
    chmodSync(bundle, 0o600);

    expect((await slipwayProcess(['validate', bundle])).code).toBe(1);
  });
});
