import { expect, it } from 'vitest';
import { fakeAws, Refused } from '../support/fake-aws.ts';
import { slipway } from '../support/recording-terminal.ts';

const aws = fakeAws();
const GROUP = ['--application', 'web', '--group', 'fleet'];
const revision = { revisionType: 'S3', s3Location: { bucket: 'b', key: 'web-2.zip', bundleType: 'zip' } };

it('lets launches go on, and says with what', async () => {
  aws.on('ResumeLaunches', () => ({ revision, heldAutoScalingGroups: [], failingRevisions: [] }));

  const { code, out } = await slipway('resume', ...GROUP, '--api-url', aws.url);

  expect({ code, out }).toEqual({ code: 0, out: ['Launches of web/fleet go on with s3://b/web-2.zip'] });
  expect(aws.inputs('ResumeLaunches')).toEqual([{ applicationName: 'web', deploymentGroupName: 'fleet' }]);
});

it('says for which other deployment group they stay held', async () => {
  const stillHeldFor = [{ applicationName: 'monitor', deploymentGroupName: 'agents' }];
  aws.on('ResumeLaunches', () => ({ revision, heldAutoScalingGroups: [], failingRevisions: [], stillHeldFor }));

  const { code, out } = await slipway('resume', ...GROUP, '--api-url', aws.url);

  expect(code).toBe(1);
  expect(out).toEqual([
    'Launches for web/fleet may go on, but stay held for monitor/agents, on the same instances: resume those as well',
  ]);
});

it('says why they do not', async () => {
  aws.on('ResumeLaunches', () => {
    throw new Refused('DeploymentGroupDoesNotExistException', 'There is no deployment group fleet');
  });

  const { code, err } = await slipway('resume', ...GROUP, '--api-url', aws.url);

  expect({ code, err }).toEqual({
    code: 1,
    err: ['slipway resume: DeploymentGroupDoesNotExist: There is no deployment group fleet'],
  });
});

it('wants the name of a deployment group', async () => {
  expect((await slipway('resume')).code).toBe(2);
});
