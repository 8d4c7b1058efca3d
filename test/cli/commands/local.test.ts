import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { zipOf } from '../../agent/support/bundles.ts';
import type { Tree } from '../../agent/support/files.ts';
import { readTree, writeTree } from '../../agent/support/files.ts';
import { temporaryDirectory } from '../../temporary-directory.ts';
import { slipwayProcess } from '../support/command-process.ts';
import { slipway } from '../support/recording-terminal.ts';

const HEAD = 'version: 0.0\nos: linux\n';

function aRevision(appSpec: string, tree: Tree = {}): string {
  const directory = temporaryDirectory();
  writeTree(directory, { 'appspec.yml': HEAD + appSpec, ...tree });
  return directory;
}

const script = (body: string): { script: string } => ({ script: `#!/bin/sh\n${body}\n` });

it('runs all events of a directory, and installs below --destdir only', async () => {
  const destdir = temporaryDirectory();
  const revision = aRevision(
    'files: [{source: page.html, destination: /srv/web}]\nhooks: {ApplicationStart: [{location: go.sh}]}',
    {
      'page.html': 'hello',
      'go.sh': script('echo "$LIFECYCLE_EVENT of $APPLICATION_NAME in $DESTDIR"; echo careful >&2'),
    },
  );

  const { code, out, err } = await slipwayProcess(['local', revision, '--destdir', destdir, '-a', 'web']);

  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    /^Starting to execute deployment from within folder .*\/d-[A-Z0-9]{9}-local\nSee the deployment log/,
  );
  expect(out).toContain(`ApplicationStart > go.sh\nApplicationStart | ApplicationStart of web in ${destdir}\n`);
  expect(out).toContain('ApplicationStart ! careful\n');
  expect(out).toMatch(/ApplicationStart {3}Succeeded in \d\.\d\d s\nValidateService {3}no script\n/);
  expect(out).toMatch(/AppSpec file valid\. Local deployment successful\n$/);
  expect(readTree(join(destdir, 'srv'))).toEqual({ 'web/page.html': 'hello' });
});

it('stops the previous revision by its own script', async () => {
  const destdir = temporaryDirectory();
  const stopping = (version: string): string =>
    aRevision('hooks: {ApplicationStop: [{location: stop.sh}]}', { 'stop.sh': script(`echo ${version} stops`) });

  const first = await slipway('local', stopping('one'), '--destdir', destdir);
  const second = await slipway('local', stopping('two'), '--destdir', destdir);

  expect(first.out).toContain('ApplicationStop   no script');
  expect(second.out).toContain('ApplicationStop | one stops');
});

it('tells which script failed, and runs nothing after it', async () => {
  const revision = aRevision('hooks: {AfterInstall: [{location: bad.sh}], ApplicationStart: [{location: bad.sh}]}', {
    'bad.sh': script('exit 3'),
  });

  const { code, out, err } = await slipway('local', revision, '--destdir', temporaryDirectory());

  expect(code).toBe(1);
  expect(err).toEqual([
    expect.stringMatching(
      /^Your local deployment failed while trying to execute your script at \/.*\/deployment-archive\/bad\.sh$/,
    ),
    'Script at specified location: bad.sh failed with exit code 3',
  ]);
  expect(out.at(-1)).toMatch(/^AfterInstall {3}Failed after/);
});

it('runs events of its own, if the AppSpec has them', async () => {
  const revision = aRevision('hooks: {Smoke: [{location: smoke.sh}]}', { 'smoke.sh': script('echo $LIFECYCLE_EVENT') });

  const known = await slipway('local', revision, '--destdir', temporaryDirectory(), '-e', 'Smoke');
  const [unlisted, absent] = await Promise.all([
    slipway('local', revision, '--destdir', temporaryDirectory()),
    slipway('local', revision, '--destdir', temporaryDirectory(), '-e', 'Smoke,Soak'),
  ]);

  expect(known.out).toContain('Smoke | Smoke');
  expect(unlisted.err).toEqual(['ERROR: appspec.yml file contains unknown lifecycle events: ["Smoke"]']);
  expect(absent.err).toEqual([
    "ERROR: You specified a lifecycle event which is not a default one and doesn't exist in your appspec.yml file: Soak",
  ]);
});

it('deploys a bundle, and answers machines in JSON', async () => {
  const [bundle, destdir] = [join(temporaryDirectory(), 'web.zip'), temporaryDirectory()];
  writeFileSync(bundle, await zipOf(aRevision('files: [{source: a, destination: /srv}]', { a: 'a' })));

  const { code, out } = await slipway('local', '-l', bundle, '--destdir', destdir, '--json', '-e', 'Install');

  expect(code).toBe(0);
  expect(JSON.parse(out.join('\n'))).toMatchObject({
    deploymentId: expect.stringMatching(/^d-\w{9}-local$/) as string,
    status: 'Succeeded',
    events: [
      { event: 'DownloadBundle', status: 'Succeeded', seconds: expect.any(Number) as number },
      { event: 'Install', status: 'Succeeded' },
    ],
  });
  expect(readFileSync(join(destdir, 'srv/a'), 'utf8')).toBe('a');
});

it('keeps deployments where --root says, as the agent would', async () => {
  const [root, destdir] = [temporaryDirectory(), temporaryDirectory()];

  await slipway('local', aRevision(''), '--root', root, '--destdir', destdir, '-g', 'mine', '-e', 'DownloadBundle');

  expect(readdirSync(root)).toEqual(expect.arrayContaining(['deployment-instructions', 'mine']));
  expect(existsSync(join(destdir, 'opt'))).toBe(false);
});

it.each([
  [['/no/such'], 1, /^ERROR: location \/no\/such is specified as a file or directory which does not exist$/],
  [
    ['test'],
    1,
    /^ERROR: Expecting appspec file at location .*\/test\/appspec\.yml or .*\/test\/appspec\.yaml but it is not found there\. Please/,
  ],
  [['test', '-A', 'x.yml'], 1, /^ERROR: Expecting appspec file at location .*\/test\/x\.yml but/],
  [['samples/web-app', '-g', '../up'], 1, /^ERROR: deployment group \.\.\/up names a directory/],
  [
    ['samples/web-app', '-e', 'AfterInstall,DownloadBundle'],
    1,
    /^ERROR: The only events that can be specified before DownloadBundle/,
  ],
  [
    ['samples/web-app', '-b', 'KEEP'],
    2,
    /^slipway local: --file-exists-behavior KEEP is none of DISALLOW, OVERWRITE, RETAIN$/,
  ],
  [['one', 'two'], 2, /^slipway local: name one location, not one and two$/],
])('refuses %j before anything is touched', async (args, code, message) => {
  const said = await slipway('local', ...args);

  expect(said).toMatchObject({ code, out: [] });
  expect(said.err[0]).toMatch(message);
});
