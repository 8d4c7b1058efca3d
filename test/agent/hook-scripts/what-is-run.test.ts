import { expect, it } from 'vitest';
import { HOOK_SCRIPT_EVENTS } from '../../../core/lifecycle-event.ts';
import { revisionOfEvent } from '../../../agent/hook-scripts/lifecycle-events.ts';
import { scriptCommand } from '../../../agent/hook-scripts/script-command.ts';
import { scriptEnvironment } from '../../../agent/hook-scripts/script-environment.ts';
import { aSpecification } from '../support/equipment.ts';

it.each([
  [{ sudo: false }, ['/a/start.sh']],
  [{ sudo: false, runas: 'web' }, ['su', 'web', '-c', '/a/start.sh']],
  [{ sudo: true }, ['sudo', '/a/start.sh']],
  [{ sudo: true, runas: 'web' }, ['sudo', 'su', 'web', '-c', '/a/start.sh']],
])('a script with %j is run by %j', (script, command) => {
  expect(scriptCommand('/a/start.sh', script)).toEqual(command);
});

it('a path is quoted where a shell takes the command apart', () => {
  expect(scriptCommand("/a/it's.sh", { sudo: false, runas: 'web' }).at(-1)).toBe(String.raw`'/a/it'\''s.sh'`);
});

it.each([
  ['IN_PLACE', 'user', ['lastSuccessful', 'lastSuccessful', 'lastSuccessful', 'current', 'current']],
  ['IN_PLACE', 'codeDeployRollback', ['lastSuccessful', 'lastSuccessful', 'lastSuccessful', 'current', 'current']],
  ['BLUE_GREEN', 'user', ['lastSuccessful', 'lastSuccessful', 'lastSuccessful', 'current', 'current']],
  [
    'BLUE_GREEN',
    'codeDeployRollback',
    ['mostRecent', 'mostRecent', 'lastSuccessful', 'lastSuccessful', 'lastSuccessful'],
  ],
])('%s by %s: old revisions are stopped, new ones started', (deploymentType, deploymentCreator, revisions) => {
  const events = [
    'BeforeBlockTraffic',
    'AfterBlockTraffic',
    'ApplicationStop',
    'BeforeAllowTraffic',
    'AfterAllowTraffic',
  ] as const;

  expect(events.map((event) => revisionOfEvent(event, { deploymentType, deploymentCreator }))).toEqual(revisions);
  for (const event of HOOK_SCRIPT_EVENTS.filter((name) => !(events as readonly string[]).includes(name)))
    expect(revisionOfEvent(event, { deploymentType, deploymentCreator })).toBe('current');
});

it('a script of a GitHub revision is told its commit, and of no bucket', () => {
  const revision = {
    type: 'GitHub',
    account: 'acme',
    repository: 'web',
    commitId: 'c0ffee',
    bundleType: 'tar',
  } as const;

  expect(scriptEnvironment('ApplicationStart', aSpecification({ revision }))).toEqual({
    LIFECYCLE_EVENT: 'ApplicationStart',
    DEPLOYMENT_ID: 'd-TEST00001',
    APPLICATION_NAME: 'web',
    DEPLOYMENT_GROUP_NAME: 'web-fleet',
    DEPLOYMENT_GROUP_ID: 'group',
    BUNDLE_COMMIT: 'c0ffee',
  });
});
