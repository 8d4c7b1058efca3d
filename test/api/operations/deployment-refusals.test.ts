import {
  BatchGetDeploymentInstancesCommand,
  BatchGetDeploymentsCommand,
  BatchGetDeploymentTargetsCommand,
  ContinueDeploymentCommand,
  CreateApplicationCommand,
  CreateDeploymentCommand,
  CreateDeploymentGroupCommand,
  GetDeploymentCommand,
  GetDeploymentInstanceCommand,
  GetDeploymentTargetCommand,
  ListDeploymentInstancesCommand,
  ListDeploymentsCommand,
  ListDeploymentTargetsCommand,
  PutLifecycleEventHookExecutionStatusCommand,
  SkipWaitTimeForInstanceTerminationCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';

import { refusal } from '../support/refusal.ts';
import { serveApi } from '../support/served-api.ts';

const states = mockClient(SFNClient);
const api = serveApi();

const FLEET = { applicationName: 'web', deploymentGroupName: 'fleet' };
const INSTANCE = 'i-0000000000000001';

type Call = (deploymentId: string | undefined) => Promise<unknown>;

/** What is told of targets, once there are any. */
const OF_TARGETS: readonly (readonly [string, Call])[] = [
  [
    'GetDeploymentTarget',
    (deploymentId) => api.client.send(new GetDeploymentTargetCommand({ deploymentId, targetId: INSTANCE })),
  ],
  [
    'BatchGetDeploymentTargets',
    (deploymentId) => api.client.send(new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: [INSTANCE] })),
  ],
  ['ListDeploymentTargets', (deploymentId) => api.client.send(new ListDeploymentTargetsCommand({ deploymentId }))],
  [
    'GetDeploymentInstance',
    (deploymentId) => api.client.send(new GetDeploymentInstanceCommand({ deploymentId, instanceId: INSTANCE })),
  ],
  [
    'BatchGetDeploymentInstances',
    (deploymentId) =>
      api.client.send(new BatchGetDeploymentInstancesCommand({ deploymentId, instanceIds: [INSTANCE] })),
  ],
  ['ListDeploymentInstances', (deploymentId) => api.client.send(new ListDeploymentInstancesCommand({ deploymentId }))],
];

const OF_A_DEPLOYMENT: readonly (readonly [string, Call])[] = [
  ['GetDeployment', (deploymentId) => api.client.send(new GetDeploymentCommand({ deploymentId }))],
  ['StopDeployment', (deploymentId) => api.client.send(new StopDeploymentCommand({ deploymentId }))],
  ['ContinueDeployment', (deploymentId) => api.client.send(new ContinueDeploymentCommand({ deploymentId }))],
  [
    'SkipWaitTimeForInstanceTermination',
    (deploymentId) => api.client.send(new SkipWaitTimeForInstanceTerminationCommand({ deploymentId })),
  ],
  [
    'PutLifecycleEventHookExecutionStatus',
    (deploymentId) =>
      api.client.send(
        new PutLifecycleEventHookExecutionStatusCommand({
          deploymentId,
          lifecycleEventHookExecutionId: 'hook',
          status: 'Succeeded',
        }),
      ),
  ],
  ...OF_TARGETS,
];

beforeEach(async () => {
  states.reset();
  states.on(StartExecutionCommand).resolves({});
  await api.client.send(new CreateApplicationCommand({ applicationName: 'web' }));
  await api.client.send(
    new CreateDeploymentGroupCommand({ ...FLEET, serviceRoleArn: 'arn:aws:iam::111122223333:role/Deploy' }),
  );
});

const create = async (input: object = {}) => {
  const s3Location = { bucket: 'revisions', key: 'web.zip', bundleType: 'zip' } as const;
  const revision = { revisionType: 'S3', s3Location } as const;
  return (await api.client.send(new CreateDeploymentCommand({ ...FLEET, revision, ...input }))).deploymentId;
};

describe.each(OF_A_DEPLOYMENT)('%s', (_, call) => {
  it.each([
    ['no id', undefined, 'DeploymentIdRequiredException'],
    ['an id that is none', 'd-1', 'InvalidDeploymentIdException'],
    ['a deployment that is not there', 'd-000000000', 'DeploymentDoesNotExistException'],
  ])('refuses %s', async (_case, deploymentId, name) => {
    expect((await refusal(call(deploymentId))).name).toBe(name);
  });
});

describe.each(OF_TARGETS)('%s', (_, call) => {
  it('has nothing to tell before the targets are chosen', async () => {
    const deploymentId = await create();

    expect((await refusal(call(deploymentId))).name).toBe('DeploymentNotStartedException');
  });
});

describe('what names targets', () => {
  it.each<readonly [string, Call, string]>([
    [
      'GetDeploymentTarget',
      (deploymentId) => api.client.send(new GetDeploymentTargetCommand({ deploymentId, targetId: undefined })),
      'DeploymentTargetIdRequiredException',
    ],
    [
      'BatchGetDeploymentTargets',
      (deploymentId) => api.client.send(new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: [] })),
      'DeploymentTargetIdRequiredException',
    ],
    [
      'GetDeploymentInstance',
      (deploymentId) => api.client.send(new GetDeploymentInstanceCommand({ deploymentId, instanceId: undefined })),
      'InstanceIdRequiredException',
    ],
    [
      'BatchGetDeploymentInstances',
      (deploymentId) => api.client.send(new BatchGetDeploymentInstancesCommand({ deploymentId, instanceIds: [] })),
      'InstanceIdRequiredException',
    ],
    [
      'BatchGetDeploymentInstances',
      (deploymentId) =>
        api.client.send(
          new BatchGetDeploymentInstancesCommand({ deploymentId, instanceIds: Array<string>(26).fill(INSTANCE) }),
        ),
      'BatchLimitExceededException',
    ],
  ])('must name some, and not too many: %s', async (_, call, name) => {
    const deploymentId = await create();

    expect((await refusal(call(deploymentId))).name).toBe(name);
  });
});

describe('BatchGetDeployments', () => {
  it.each([
    ['no ids', [], 'DeploymentIdRequiredException'],
    ['an id that is none', ['d-1'], 'InvalidDeploymentIdException'],
    ['twenty-six ids', Array<string>(26).fill('d-000000000'), 'BatchLimitExceededException'],
  ])('refuses %s', async (_, deploymentIds, name) => {
    expect((await refusal(api.client.send(new BatchGetDeploymentsCommand({ deploymentIds })))).name).toBe(name);
  });
});

describe('a token that no list gave', () => {
  it('is refused by ListDeployments', async () => {
    const call = api.client.send(new ListDeploymentsCommand({ nextToken: 'mine' }));

    expect((await refusal(call)).name).toBe('InvalidNextTokenException');
  });

  it.each<readonly [string, (deploymentId: string) => Promise<unknown>]>([
    [
      'ListDeploymentTargets',
      (deploymentId) => api.client.send(new ListDeploymentTargetsCommand({ deploymentId, nextToken: 'mine' })),
    ],
    [
      'ListDeploymentInstances',
      (deploymentId) => api.client.send(new ListDeploymentInstancesCommand({ deploymentId, nextToken: 'mine' })),
    ],
  ])('is refused by %s', async (_, call) => {
    const deploymentId = (await create()) ?? '';
    const waves = [{ size: 1, mayBeDown: 1, monitorSeconds: 0 }];
    await api.ports.fleetDeployments.chooseTargets(deploymentId, { targetIds: [INSTANCE], waves, mayBeDown: 1 });
    await api.ports.fleetDeployments.start(deploymentId, 1, api.nowMs);

    expect((await refusal(call(deploymentId))).name).toBe('InvalidNextTokenException');
  });
});

it('refuses a deployment with more alarms than CodeDeploy takes', async () => {
  const alarms = Array.from({ length: 51 }, (_, nth) => ({ name: `alarm-${nth}` }));

  const refused = await refusal(create({ overrideAlarmConfiguration: { enabled: true, alarms } }));

  expect(refused.name).toBe('AlarmsLimitExceededException');
});
