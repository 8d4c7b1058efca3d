import { spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { stagingBelow } from '../../../agent/config/staging.ts';
import { install } from '../../../agent/install/install.ts';
import type { DeploymentSpecification } from '../../../agent/protocol/deployment-specification.ts';
import { Layout } from '../../../agent/state/layout.ts';
import { Pointers } from '../../../agent/state/pointers.ts';
import { readTree, writeTree } from '../support/files.ts';
import type { Tree } from '../support/files.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';

const APP = 'opt/app';
let host: string;
let layout: Layout;

beforeEach(() => {
  host = temporaryDirectory();
  layout = new Layout(temporaryDirectory(), 'ongoing-deployment');
});

interface Revision {
  readonly files: Tree;
  /** The AppSpec after its version and os. */
  readonly appSpec?: string;
  readonly behavior?: string;
}

const ALL_TO_APP = 'files:\n  - {source: /app, destination: /opt/app}\n';

let deployments = 0;

function specification(behavior: string): DeploymentSpecification {
  deployments += 1;
  return {
    deploymentId: `d-${deployments}`,
    deploymentGroupId: 'group',
    deploymentGroupName: 'web-fleet',
    applicationName: 'web',
    deploymentCreator: 'user',
    deploymentType: 'IN_PLACE',
    appSpecFilename: 'appspec.yml',
    fileExistsBehavior: behavior,
    revision: { type: 'S3', bucket: 'bucket', key: 'key.zip', bundleType: 'zip' },
  };
}

/** Installs a revision on the host, as its DownloadBundle had left it. */
async function installRevision({ files, appSpec = ALL_TO_APP, behavior = 'DISALLOW' }: Revision): Promise<void> {
  const deployment = specification(behavior);
  writeTree(layout.archive(deployment), { 'appspec.yml': `version: 0.0\nos: linux\n${appSpec}`, ...files });
  await install(deployment, { layout, pointers: new Pointers(layout), place: stagingBelow(host) });
}

const onHost = (path: string): string => join(host, path);

describe('files', () => {
  it('of a directory go into the destination, hidden and empty ones included', async () => {
    await installRevision({
      files: {
        'app/a.txt': 'a',
        'app/.hidden': 'h',
        'app/deep/er/b.txt': 'b',
        'app/empty': null,
        'README.md': 'not me',
      },
    });

    expect(readTree(host)).toEqual({
      'opt/app/a.txt': 'a',
      'opt/app/.hidden': 'h',
      'opt/app/deep/er/b.txt': 'b',
      'opt/app/empty': null,
    });
  });

  it('named alone go below the destination under their own name', async () => {
    await installRevision({
      files: { 'conf/app.conf': 'c' },
      appSpec: 'files: [{source: conf/app.conf, destination: /etc}]',
    });

    expect(readTree(host)).toEqual({ 'etc/app.conf': 'c' });
  });

  it.each(['/', "''"])('of the whole revision are meant by source %s', async (source) => {
    await installRevision({ files: { 'a.txt': 'a' }, appSpec: `files: [{source: ${source}, destination: /opt/app}]` });

    expect(Object.keys(readTree(host))).toEqual(['opt/app/a.txt', 'opt/app/appspec.yml']);
  });

  it('keep mode and time', async () => {
    const deployment = specification('DISALLOW');
    writeTree(layout.archive(deployment), { 'appspec.yml': `version: 0.0\nos: linux\n${ALL_TO_APP}`, 'app/run': 'r' });
    chmodSync(join(layout.archive(deployment), 'app/run'), 0o4751);
    utimesSync(join(layout.archive(deployment), 'app/run'), 1_000_000, 1_000_000);

    await install(deployment, { layout, pointers: new Pointers(layout), place: stagingBelow(host) });

    expect(statSync(onHost('opt/app/run'))).toMatchObject({ mtimeMs: 1_000_000_000 });
    expect(statSync(onHost('opt/app/run')).mode & 0o7777).toBe(0o4751);
  });

  it('that are links are made anew; links to directories become directories', async () => {
    await installRevision({
      files: {
        'app/file': 'f',
        'app/to-file': { link: 'file' },
        'app/dangling': { link: 'none' },
        'lib/part': 'p',
        'app/to-directory': { link: '../lib' },
      },
    });

    expect(readTree(host)).toEqual({
      'opt/app/file': 'f',
      'opt/app/to-file': { link: 'file' },
      'opt/app/dangling': { link: 'none' },
      'opt/app/to-directory/part': 'p',
    });
  });

  it('give directories the modes of this host, not those of the revision', async () => {
    const deployment = specification('DISALLOW');
    writeTree(layout.archive(deployment), { 'appspec.yml': `version: 0.0\nos: linux\n${ALL_TO_APP}`, 'app/d/f': '' });
    chmodSync(join(layout.archive(deployment), 'app/d'), 0o700);

    await install(deployment, { layout, pointers: new Pointers(layout), place: stagingBelow(host) });

    expect(statSync(onHost('opt/app/d')).mode & 0o777).toBe(0o777 & ~process.umask());
  });

  it.each(['opt', 'opt/app'])('cannot go below a file of the host: %s', async (path) => {
    writeTree(host, { [path]: 'a file' });

    await expect(installRevision({ files: { 'app/f': '' } })).rejects.toThrow(
      `File exists @ dir_s_mkdir - ${onHost(path)}: the AppSpec needs a directory where the host has a file.`,
    );

    expect(readTree(host)).toEqual({ [path]: 'a file' });
  });

  it.each([
    [
      'a missing source',
      { x: '' },
      ALL_TO_APP,
      /No such file or directory @ rb_sysopen - .*\/app: .* line 4\. Wildcards/,
    ],
    ['a wildcard', { 'app/a.txt': '' }, 'files: [{source: app/*.txt, destination: /a}]', /Wildcards are not expanded/],
    [
      'two sources for one destination',
      { 'a/f': '', 'b/f': '' },
      'files: [{source: a, destination: /x}, {source: b, destination: /x}]',
      /two source files named .*\/b\/f and .*\/a\/f for the same destination \(.*\/x\/f\)/,
    ],
    [
      'a file where a directory is made',
      { 'a/x/f': '', 'b/x': '' },
      'files: [{source: a, destination: /d}, {source: b, destination: /d}]',
      /calls for installing the file .*\/b\/x, but a file with that name already exists at the location \(.*\/d\/x\)/,
    ],
    [
      'a directory where a file is copied',
      { 'a/x': '', 'b/x/f': '' },
      'files: [{source: a, destination: /d}, {source: b, destination: /d}]',
      /an mkdir command more than once for the same destination path \(.*\/d\/x\) from \(.*\/a\/x\)/,
    ],
    [
      'a link to the directory that holds it',
      { 'app/round': { link: '.' } },
      ALL_TO_APP,
      /leads to a directory that contains it/,
    ],
  ] as const)('with %s are refused before anything is touched', async (_what, files, appSpec, message) => {
    await expect(installRevision({ files, appSpec })).rejects.toThrow(message);

    expect(readTree(host)).toEqual({});
  });
});

describe('a file that is already there', () => {
  const files = { 'app/f': 'new' };

  it.each([
    ['a file', 'old'],
    ['a link to a file', { link: 'other' }],
    ['a directory', null],
  ] as const)('DISALLOW: fails for %s and changes nothing', async (_what, existing) => {
    writeTree(onHost(APP), { other: 'other', f: existing });
    const before = readTree(host);

    await expect(installRevision({ files })).rejects.toThrow(
      `The deployment failed because a specified file already exists at this location: ${onHost('opt/app/f')}`,
    );

    expect(readTree(host)).toEqual(before);
  });

  it('DISALLOW: a dangling link is written through', async () => {
    writeTree(onHost(APP), { f: { link: 'other' } });

    await installRevision({ files });

    expect(readTree(onHost(APP))).toEqual({ f: { link: 'other' }, other: 'new' });
  });

  it.each([
    ['a file', 'old', { f: 'new', other: 'other' }],
    ['the target of a link, and the link stays', { link: 'other' }, { f: { link: 'other' }, other: 'new' }],
    ['a directory, by going inside', null, { 'f/f': 'new', other: 'other' }],
  ] as const)('OVERWRITE: replaces %s', async (_what, existing, after) => {
    writeTree(onHost(APP), { other: 'other', f: existing });

    await installRevision({ files, behavior: 'OVERWRITE' });

    expect(readTree(onHost(APP))).toEqual(after);
  });

  it('OVERWRITE: a link of the revision does not replace it', async () => {
    writeTree(onHost(APP), { f: 'old' });

    await expect(installRevision({ files: { 'app/f': { link: 'g' } }, behavior: 'OVERWRITE' })).rejects.toThrow(
      `File exists @ syserr_fail2_in - ${onHost('opt/app/f')}`,
    );
  });

  it('OVERWRITE: a program that runs is replaced', async () => {
    mkdirSync(onHost(APP), { recursive: true });
    copyFileSync('/bin/sleep', onHost('opt/app/f'));
    const running = spawn(onHost('opt/app/f'), ['60']);
    await new Promise((resolve) => running.once('spawn', resolve));

    await installRevision({ files, behavior: 'OVERWRITE' });
    running.kill();

    expect(readFileSync(onHost('opt/app/f'), 'utf8')).toBe('new');
  });

  it.each([
    ['a file', 'old'],
    ['a link', { link: 'other' }],
    ['a directory', null],
  ] as const)('RETAIN: keeps %s, gives it no permissions and leaves it to its owner', async (_what, existing) => {
    writeTree(onHost(APP), { other: 'other', f: existing });
    const appSpec = `${ALL_TO_APP}permissions: [{object: /opt/app, mode: 400, type: [file]}]`;
    const before = { tree: readTree(host), mode: statSync(onHost('opt/app/f')).mode };

    await installRevision({ files, appSpec, behavior: 'RETAIN' });
    await installRevision({ files: { 'app/g': 'g' } });

    expect(readTree(onHost('.'))).toEqual({ ...before.tree, 'opt/app/g': 'g' });
    expect(statSync(onHost('opt/app/f')).mode).toBe(before.mode);
  });

  it('any other behavior is refused once it matters', async () => {
    await installRevision({ files, behavior: 'REPLACE' });
    writeTree(onHost('srv'), { f: 'old' });

    const again = installRevision({ files, appSpec: 'files: [{source: app, destination: /srv}]', behavior: 'REPLACE' });

    await expect(again).rejects.toThrow(/invalid option was specified for fileExistsBehavior: REPLACE\. Valid options/);
  });

  it('the behavior of the AppSpec beats that of the deployment', async () => {
    writeTree(onHost(APP), { f: 'old' });

    await installRevision({ files, appSpec: `${ALL_TO_APP}file_exists_behavior: RETAIN`, behavior: 'OVERWRITE' });

    expect(readTree(onHost(APP))).toEqual({ f: 'old' });
  });
});

describe('the previous installation', () => {
  it('is removed: files even if changed, directories only if empty', async () => {
    await installRevision({ files: { 'app/kept': '1', 'app/gone/old': '1', 'app/shared/old': '1' } });
    writeFileSync(onHost('opt/app/kept'), 'changed');
    writeFileSync(onHost('opt/app/shared/foreign'), 'stays');

    await installRevision({ files: { 'app/kept': '2' } });

    expect(readTree(onHost(APP))).toEqual({ kept: '2', 'shared/foreign': 'stays' });
  });

  it('is removed with what it overwrote', async () => {
    writeTree(onHost(APP), { f: 'somebody else’s' });
    await installRevision({ files: { 'app/f': '1' }, behavior: 'OVERWRITE' });

    await installRevision({ files: { 'app/g': '2' } });

    expect(readTree(onHost(APP))).toEqual({ g: '2' });
  });

  it('leaves a directory that was there before it, and what a link of it leads to', async () => {
    writeTree(host, { [APP]: null, 'srv/target': 'somebody else’s' });
    await installRevision({ files: { 'app/link': { link: '../../srv/target' } } });

    await installRevision({ files: { 'conf/x': 'x' }, appSpec: 'files: [{source: conf, destination: /etc}]' });

    expect(readTree(host)).toEqual({ 'etc/x': 'x', [APP]: null, 'srv/target': 'somebody else’s' });
  });

  it('is that of its own deployment group alone', async () => {
    await installRevision({ files: { 'app/a': 'a' } });
    const other = { ...specification('DISALLOW'), deploymentGroupId: 'other-group' };
    writeTree(layout.archive(other), {
      'appspec.yml': `version: 0.0\nos: linux\n${ALL_TO_APP}`,
      'app/b': 'b',
    });

    await install(other, { layout, pointers: new Pointers(layout), place: stagingBelow(host) });

    expect(readTree(onHost(APP))).toEqual({ a: 'a', b: 'b' });
  });

  it('may have been a link where now a directory comes', async () => {
    writeTree(onHost('srv'), { file: 'of somebody else' });
    await installRevision({ files: { 'app/current': { link: '../../srv' } }, appSpec: ALL_TO_APP });

    await installRevision({ files: { 'app/current/file': 'own' } });

    expect(readTree(host)).toEqual({ 'opt/app/current/file': 'own', 'srv/file': 'of somebody else' });
  });

  it('stands when the next one conflicts with a foreign file', async () => {
    await installRevision({ files: { 'app/a': '1' } });
    writeTree(onHost(APP), { foreign: 'f' });

    await expect(installRevision({ files: { 'app/a': '2', 'app/foreign': '2' } })).rejects.toThrow(/already exists/);

    expect(readTree(onHost(APP))).toEqual({ a: '1', foreign: 'f' });
  });

  it.each([0, 1, 2, 3, 4, 5])('repairs one that was interrupted after %i instructions', async (done) => {
    await installRevision({ files: { 'app/a': '1', 'app/b': '1', 'app/c/d': '1' } });
    // What an interruption leaves: the note of the next path is written, the path is not made.
    const noted = readFileSync(layout.installedPaths('group'), 'utf8').trim().split('\n');
    for (const path of noted.slice(done).reverse()) {
      rmSync(path, { recursive: true });
    }
    writeFileSync(layout.installedPaths('group'), [...noted.slice(0, done + 1), 'half a li'].join('\n'));

    await installRevision({ files: { 'app/a': '2', 'app/c/d': '2' } });

    expect(readTree(host)).toEqual({ 'opt/app/a': '2', 'opt/app/c/d': '2' });
  });

  it('is on record: what was made in order, and the instructions', async () => {
    await installRevision({ files: { 'app/a': '1', 'app/c/d': '1' } });

    expect(readFileSync(layout.installedPaths('group'), 'utf8')).toBe(
      ['opt', 'opt/app', 'opt/app/a', 'opt/app/c', 'opt/app/c/d'].map((path) => `${onHost(path)}\n`).join(''),
    );
    const { instructions } = JSON.parse(readFileSync(layout.installInstructions('group'), 'utf8')) as {
      instructions: object[];
    };
    expect(instructions[1]).toEqual({ type: 'mkdir', directory: onHost('opt/app') });
    expect(instructions[2]).toMatchObject({ type: 'copy', destination: onHost('opt/app/a') });
    expect(readFileSync(layout.lastSuccessfulInstall('group'), 'utf8')).toBe(
      join(layout.deploymentGroup('group'), `d-${deployments}`),
    );
  });
});

describe('permissions', () => {
  const files = { 'app/run.sh': '', 'app/a.txt': '', 'app/deep/run.sh': '' };
  const mode = (path: string): string => (lstatSync(onHost(path)).mode & 0o7777).toString(8);
  const withPermissions = (...entries: string[]): string =>
    `${ALL_TO_APP}permissions:\n${entries.map((e) => `  - {${e}}\n`).join('')}`;

  it('of a directory reach all below it that this installation made, not the directory itself', async () => {
    mkdirSync(onHost(APP), { recursive: true });
    writeFileSync(onHost('opt/app/foreign'), '', { mode: 0o644 });
    chmodSync(onHost(APP), 0o755);

    await installRevision({ files, appSpec: withPermissions('object: /opt/app/, mode: 0700') });

    const paths = ['opt/app/run.sh', 'opt/app/deep', 'opt/app/deep/run.sh', 'opt/app', 'opt/app/foreign'];
    expect(paths.map(mode)).toEqual(['700', '700', '700', '755', '644']);
  });

  it('with a pattern reach direct children only, except those excepted', async () => {
    const appSpec = withPermissions('object: /opt/app, pattern: "*.sh", except: [b*], mode: 500, type: [file]');

    await installRevision({ files: { ...files, 'app/b.sh': '' }, appSpec });

    expect(['opt/app/run.sh', 'opt/app/a.txt', 'opt/app/b.sh', 'opt/app/deep/run.sh'].map(mode)).toEqual([
      '500',
      '644',
      '644',
      '644',
    ]);
  });

  it('of a file reach that file', async () => {
    await installRevision({ files, appSpec: withPermissions('object: /opt/app/run.sh, mode: 4755') });

    expect(mode('opt/app/run.sh')).toBe('4755');
  });

  it('are set on each object in the order mode, access control list, owner', async () => {
    const acl = 'acls: ["daemon:rx"], type: [file]';
    writeTree(layout.archive({ deploymentId: `d-${deployments + 1}`, deploymentGroupId: 'group' }), files);
    await installRevision({
      files,
      appSpec: withPermissions(`object: /opt/app, pattern: a.txt, mode: 640, owner: root, ${acl}`),
    }).catch(() => undefined); // few machines have setfacl

    const { instructions } = JSON.parse(readFileSync(layout.installInstructions('group'), 'utf8')) as {
      instructions: { type: string; file?: string }[];
    };
    const file = onHost('opt/app/a.txt');
    expect(instructions.filter((instruction) => instruction.file === file)).toEqual([
      { type: 'chmod', mode: '640', file },
      { type: 'setfacl', acl: ['user:daemon:r-x'], file },
      { type: 'chown', owner: 'root', group: null, file },
    ]);
  });

  it('of anything else are ignored', async () => {
    await installRevision({ files, appSpec: withPermissions('object: /nowhere, mode: 700') });

    expect(mode('opt/app/run.sh')).toBe('644');
  });

  it('give owner and group by name, and keep a setuid mode', async () => {
    if (process.getuid?.() !== 0) return;

    await installRevision({
      files,
      appSpec: withPermissions('object: /opt/app/run.sh, mode: 4755, owner: daemon, group: daemon'),
    });

    expect(statSync(onHost('opt/app/run.sh')).uid).toBeGreaterThan(0);
    expect(mode('opt/app/run.sh')).toBe('4755');
  });

  it.each([
    ['owner: nobody-here', /can't find user for nobody-here: create the user/],
    ['group: nobody-here', /can't find group for nobody-here/],
    ['owner: "0"', /can't find user for 0/],
  ])('with %s fail', async (owner, message) => {
    await expect(installRevision({ files, appSpec: withPermissions(`object: /opt/app, ${owner}`) })).rejects.toThrow(
      message,
    );
  });

  it.each([
    [
      ['object: /opt/app/run.sh, pattern: "*.sh"'],
      /includes an object \(.*run\.sh\) with an invalid pattern \(\*\.sh\)/,
    ],
    [['object: /opt/app/run.sh, except: [a]'], /the except parameter for a pattern in the permissions section \(a\)/],
    [
      ['object: /opt/app, mode: 700', 'object: /opt/app/run.sh, mode: 755'],
      /permissions setting for \(.*run\.sh\) is specified more than once/,
    ],
    [
      ['object: /opt/app, acls: ["d:u:daemon:rwx"]'],
      /the -d parameter has been specified to apply an acl setting to a file/,
    ],
  ])('as %j are refused before anything is touched', async (entries, message) => {
    await expect(installRevision({ files, appSpec: withPermissions(...entries) })).rejects.toThrow(message);

    expect(existsSync(onHost('opt'))).toBe(false);
  });
});
