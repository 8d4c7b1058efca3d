import { expect, it } from 'vitest';
import { checkAppSpec } from '../../../core/app-spec/index.ts';

const withHead = (rest: string): string => `version: 0.0\nos: linux\n${rest}`;

const seen = (text: string): string[] =>
  checkAppSpec(text).findings.map(({ line, column, severity, remedy }) => `${line}:${column} ${severity}: ${remedy}`);

it('has nothing to say about an AppSpec that means what it says', () => {
  const { findings } = checkAppSpec(
    withHead(`file_exists_behavior: OVERWRITE
files:
  - source: /
    destination: /opt/web-app
permissions:
  - object: /opt/web-app
    mode: "0644"
    context: {name: unconfined_u, type: httpd_sys_content_t, range: s0}
hooks:
  ApplicationStart:
    - location: scripts/migrate.sh
      timeout: 1800
      sudo: true
    - location: scripts/start.sh
      timeout: 1800
      runas: deploy
    - location: scripts/warm-up.sh
`),
  );

  expect(findings).toEqual([]);
});

it('collects every fault in the order of the file, where the agent stops at its first', () => {
  const findings = seen(`version: 1
os: windows
permissions:
  - mode: 999
    owner: 0
    acls: [a, "u::rwx"]
files:
  - {}
hooks:
  AfterInstall:
    - timeout: 0
file_exists_behavior: keep
`);

  expect(findings).toEqual([
    '1:10 error: write "version: 0.0", the number, without quotes',
    '2:5 error: write "os: linux", the system of this host',
    '4:5 error: add "object:", a file or directory on the host',
    '4:11 error: use the digits 0 to 7 only, such as 0755',
    "5:12 error: write the owner's name",
    '6:12 error: write [default:][user|group|mask|other]:[name]:permissions, such as user:deploy:rwx',
    '6:15 error: remove this entry and set "mode:" of the permission instead',
    '8:5 error: add "source:", a path inside the revision, or "/" for all of it',
    '8:5 error: add "destination:", the directory on the host that receives it',
    '11:7 error: add "location:", the path of the script inside the revision',
    '11:16 error: write a whole number of seconds, at least 1',
    '12:23 error: use capital letters: DISALLOW, OVERWRITE or RETAIN',
  ]);
});

it('keeps what is right beside what is wrong, for further checks', () => {
  const { appSpec } = checkAppSpec(
    withHead('files:\n  - {}\n  - {source: a.txt, destination: /opt}\npermissions: [{object: /opt, mode: 9}]'),
  );

  expect(appSpec?.files).toMatchObject([{ source: 'a.txt', line: 5, column: 5 }]);
  expect(appSpec?.permissions).toMatchObject([{ object: '/opt' }]);
  expect(appSpec?.permissions[0]).not.toHaveProperty('mode');
});

it.each([
  ['- just a list', 1],
  ['files: [', 1],
  ['', 1],
])('of %j, which is no AppSpec at all, it reads nothing', (text, line) => {
  expect(checkAppSpec(text)).toMatchObject({ appSpec: undefined, findings: [{ severity: 'error', line }] });
});

it.each([
  ['file:\n  - {source: /, destination: /opt}', '3:1 warning: did you mean files?'],
  ['hooks:\n  ApplicationStrat:', '4:3 warning: did you mean ApplicationStart?'],
  ['hooks:\n  applicationstop:', '4:3 warning: did you mean ApplicationStop?'],
  ['hooks:\n  Install:', '4:3 warning: move the scripts to BeforeInstall or AfterInstall'],
  ['hooks:\n  AfterInstall:\n    - {location: a.sh, run_as: deploy}', '5:24 warning: did you mean runas?'],
  ['hooks:\n  AfterInstall: []\n  AfterInstall: []', '4:3 warning: join both under one key'],
  ['permissions:\n  - {object: /a, mode: 0644}', '4:24 warning: write it in quotes: "0644"'],
  ['permissions:\n  - {object: /a, context: {type: t}}', '4:27 warning: add "range: s0"'],
  ['files:\n  - {source: a/../../b, destination: /opt}', '4:14 warning: name a path inside the revision, without ".."'],
  ['files:\n  - {source: a, destination: opt}', '4:30 warning: write an absolute path, such as /opt'],
  ['hooks:\n  AfterInstall:\n    - {location: a, timeout: 5m}', '5:30 warning: write whole seconds, without a unit'],
  ["hooks:\n  AfterInstall:\n    - {location: a, sudo: 'false'}", '5:27 warning: write true or false, without quotes'],
  ["hooks:\n  AfterInstall:\n    - {location: a, runas: ''}", '5:28 warning: name a user, or remove it'],
  [
    'hooks:\n  AfterInstall:\n    - {location: a, timeout: 3600}\n    - {location: b, timeout: 1}',
    '5:5 warning: keep the sum at or below 3600',
  ],
])('warns of %j', (rest, expected) => {
  expect(seen(withHead(rest))).toContain(expected);
});

it.each([
  ['0644', /takes 420 as a mode\. Slipway's agent sets 0644\.$/],
  ['0755', /takes 493 and refuses it\. Slipway's agent sets 0755\.$/],
])("says what AWS's agent makes of the unquoted mode %s", (mode, message) => {
  const [finding] = checkAppSpec(withHead(`permissions: [{object: /a, mode: ${mode}}]`)).findings;

  expect(finding?.message).toMatch(message);
});
