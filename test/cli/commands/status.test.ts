import { beforeEach, describe, expect, it } from 'vitest';
import { aDeployment, aFailedEvent, anEvent, aTarget, DEPLOYMENT_ID, targets } from '../support/deployments.ts';
import { fakeAws, Refused } from '../support/fake-aws.ts';
import { slipway } from '../support/recording-terminal.ts';

const aws = fakeAws();
const GROUP = ['--application', 'web', '--group', 'web-fleet'];

beforeEach(() => {
  for (const [operation, answer] of Object.entries(targets({ 'i-0a1': aTarget('i-0a1') }))) aws.on(operation, answer);
});

it('tells how a deployment stands, and why targets failed', async () => {
  const lifecycleEvents = [anEvent('Install'), aFailedEvent('ApplicationStart')];
  const all = {
    'i-0a1': aTarget('i-0a1', { status: 'Failed', lifecycleEvents }),
    'i-0a2': aTarget('i-0a2', {
      status: 'InProgress',
      lifecycleEvents: [anEvent('Install', { status: 'InProgress' })],
    }),
  };
  for (const [operation, answer] of Object.entries(targets(all))) aws.on(operation, answer);
  const deploymentOverview = { Failed: 1, InProgress: 1 };
  aws.on('GetDeployment', () => aDeployment({ status: 'InProgress', completeTime: undefined, deploymentOverview }));

  const { code, out } = await slipway('status', DEPLOYMENT_ID);

  expect(code).toBe(0);
  expect(out).toEqual([
    'd-ABCDEF123  web/web-fleet  InProgress',
    '  revision   s3://revisions/web/2.zip',
    '  config     CodeDeployDefault.OneAtATime',
    '  creator    user',
    '  created    2026-05-04T12:00:00.000Z',
    '  targets    1 failed, 1 in progress',
    '  i-0a1  Failed',
    '    ApplicationStart Failed',
    '      ScriptFailed in scripts/start.sh: Script at specified location: scripts/start.sh failed with exit code 1',
    '      | [stdout] starting',
    '      | [stderr] no such port',
    '  i-0a2  InProgress: Install',
  ]);
});

it('tells it to machines in one document', async () => {
  aws.on('GetDeployment', () => aDeployment());

  const { out } = await slipway('status', DEPLOYMENT_ID, '--json');

  expect(JSON.parse(out.join('\n'))).toMatchObject({
    deployment: { deploymentId: DEPLOYMENT_ID, status: 'Succeeded', createTime: '2026-05-04T12:00:00.000Z' },
    targets: [{ targetId: 'i-0a1', status: 'Succeeded' }],
  });
});

describe('a deployment group', () => {
  beforeEach(() => aws.on('DescribeLaunches', () => ({ heldAutoScalingGroups: [], failingRevisions: [] })));

  const deploymentGroupInfo = {
    applicationName: 'web',
    deploymentGroupName: 'web-fleet',
    deploymentConfigName: 'CodeDeployDefault.OneAtATime',
    autoScalingGroups: [{ name: 'web-blue', hook: 'slipway-launch' }],
  };

  it('is told with its last deployment', async () => {
    const last = {
      deploymentId: DEPLOYMENT_ID,
      status: 'Succeeded',
      createTime: Date.parse('2026-05-04T12:00:00Z') / 1000,
    };
    const targetRevision = { revisionType: 'GitHub', gitHubLocation: { repository: 'acme/web', commitId: '0123abc' } };
    aws.on('GetDeploymentGroup', () => ({
      deploymentGroupInfo: { ...deploymentGroupInfo, targetRevision, lastAttemptedDeployment: last },
    }));
    aws.on('GetDeployment', () => aDeployment());

    const { out } = await slipway('status', ...GROUP);

    expect(out.slice(0, 7)).toEqual([
      'web/web-fleet',
      '  revision         acme/web@0123abc',
      '  config           CodeDeployDefault.OneAtATime',
      '  Auto Scaling     web-blue',
      '  last attempted   d-ABCDEF123  Succeeded  2026-05-04T12:00:00.000Z',
      '  last successful  none yet',
      'd-ABCDEF123  web/web-fleet  Succeeded',
    ]);
  });

  it('is told with launches that fail, what they printed, and what to do', async () => {
    const revision = { revisionType: 'GitHub', gitHubLocation: { repository: 'acme/web', commitId: '0123abc' } };
    const lastFailure = {
      deploymentId: 'd-FAILED003',
      reason: 'ApplicationStart failed',
      logTail: '[stderr]no port\n',
    };
    aws.on('GetDeploymentGroup', () => ({ deploymentGroupInfo }));
    aws.on('DescribeLaunches', () => ({
      heldAutoScalingGroups: ['web-blue'],
      failingRevisions: [
        {
          revision,
          deploymentIds: ['d-1', 'd-2', 'd-FAILED003'],
          lastFailure,
          withdrawnAt: '2026-05-04T12:00:00.000Z',
        },
      ],
    }));

    const { out } = await slipway('status', ...GROUP);

    expect(out.slice(6)).toEqual([
      '  acme/web@0123abc: 3 launches in a row failed, launched no more since 2026-05-04T12:00:00.000Z',
      '    d-FAILED003: ApplicationStart failed',
      '      [stderr]no port',
      '  launches are held in web-blue: deploy another revision, or slipway resume',
    ]);
  });

  it('is told when nothing was ever deployed to it', async () => {
    aws.on('GetDeploymentGroup', () => ({ deploymentGroupInfo }));

    const { code, out } = await slipway('status', ...GROUP);

    expect({ code, revision: out[1] }).toEqual({ code: 0, revision: '  revision         none yet' });
  });
});

describe('--follow', () => {
  it.each(['Failed', 'Stopped'])('fails with a deployment that is %s', async (status) => {
    aws.on('GetDeployment', () => aDeployment({ status }));

    expect((await slipway('status', DEPLOYMENT_ID, '--follow')).code).toBe(1);
  });

  it('says so when its time is up', async () => {
    aws.on('GetDeployment', () => aDeployment({ status: 'InProgress' }));

    const { code, err } = await slipway('status', DEPLOYMENT_ID, '--follow', '--timeout', '0.01');

    expect(code).toBe(3);
    expect(err).toEqual([
      'Not ended in time. d-ABCDEF123 goes on; see it again with: slipway status d-ABCDEF123 --follow',
    ]);
  });

  it('fails for a deployment that does not exist', async () => {
    aws.on('GetDeployment', () => {
      throw new Refused('DeploymentDoesNotExistException', 'The deployment d-ABCDEF123 could not be found');
    });

    const { code, err } = await slipway('status', DEPLOYMENT_ID, '--follow');

    expect({ code, err }).toEqual({
      code: 1,
      err: [
        'There is no deployment d-ABCDEF123: DeploymentDoesNotExist: The deployment d-ABCDEF123 could not be found',
      ],
    });
  });
});

it.each([[[]], [['d-1', 'd-2']], [['--application', 'web']]])('answers %j with code 2', async (args) => {
  expect((await slipway('status', ...args)).code).toBe(2);
});
