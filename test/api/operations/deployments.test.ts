import {
  BatchGetDeploymentInstancesCommand,
  BatchGetDeploymentsCommand,
  BatchGetDeploymentTargetsCommand,
  ContinueDeploymentCommand,
  CreateApplicationCommand,
  CreateDeploymentCommand,
  type CreateDeploymentCommandInput,
  CreateDeploymentGroupCommand,
  type CreateDeploymentGroupCommandInput,
  DeleteApplicationCommand,
  DeleteDeploymentGroupCommand,
  GetApplicationRevisionCommand,
  GetDeploymentCommand,
  GetDeploymentGroupCommand,
  GetDeploymentInstanceCommand,
  GetDeploymentTargetCommand,
  ListDeploymentInstancesCommand,
  ListDeploymentsCommand,
  type ListDeploymentsCommandInput,
  ListDeploymentTargetsCommand,
  SkipWaitTimeForInstanceTerminationCommand,
} from '@aws-sdk/client-codedeploy';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { TableDeploymentGroups } from '../../../adapters/table/deployment-groups.ts';
import { TableMailboxes } from '../../../adapters/table/mailboxes.ts';
import { TableTargets } from '../../../adapters/table/targets.ts';
import { encodeHookMetadata } from '../../../core/names.ts';
import {
  aDeploymentGroup,
  aLaunch,
  aLeg,
  anInPlaceRequest,
  aTarget,
  DECLARED_BY,
} from '../../lambdas/doubles/builders.ts';
import { fakeAutoScaling } from '../support/auto-scaling.ts';
import { refusal } from '../support/refusal.ts';
import { FLEET_MACHINE_ARN, serveApi } from '../support/served-api.ts';

const autoScaling = fakeAutoScaling();
const states = mockClient(SFNClient);
const api = serveApi();

const FLEET = { applicationName: 'web', deploymentGroupName: 'fleet' };
const UNKNOWN_ID = 'd-000000000';
const [ONE, TWO] = ['i-0000000000000001', 'i-0000000000000002'];
const BUNDLE = {
  revisionType: 'S3' as const,
  s3Location: { bucket: 'revisions', key: 'web-2.zip', bundleType: 'zip' as const },
};

const aGroup = (input: Partial<CreateDeploymentGroupCommandInput> = {}) =>
  api.client.send(
    new CreateDeploymentGroupCommand({ ...FLEET, serviceRoleArn: 'arn:aws:iam::111122223333:role/Deploy', ...input }),
  );
const create = async (input: Partial<CreateDeploymentCommandInput> = {}) => {
  const call = new CreateDeploymentCommand({ ...FLEET, revision: BUNDLE, ...input });
  return (await api.client.send(call)).deploymentId ?? '';
};
const get = async (deploymentId: string | undefined) =>
  (await api.client.send(new GetDeploymentCommand({ deploymentId }))).deploymentInfo;
const list = async (input: Partial<ListDeploymentsCommandInput> = {}) =>
  (await api.client.send(new ListDeploymentsCommand(input))).deployments;
const targets = () => new TableTargets(api.table, () => api.nowMs);

/** A deployment whose targets are chosen; nobody has begun. */
const started = async (): Promise<string> => {
  const deploymentId = await create();
  const waves = [{ size: 2, mayBeDown: 1, monitorSeconds: 0 }];
  await api.ports.fleetTargets.choose(deploymentId, { targetIds: [TWO, ONE], waves, mayBeDown: 1 });
  await api.ports.fleetDeployments.start(deploymentId, 2, api.nowMs + 1000);
  return deploymentId;
};
const begin = (deploymentId: string, instanceId: string) =>
  targets().open(aTarget({ request: anInPlaceRequest({ deploymentId, instanceId }), status: 'InProgress' }));
const end = (deploymentId: string) =>
  api.ports.fleetDeployments.end(
    deploymentId,
    { status: 'Failed', errorInformation: { code: 'HEALTH_CONSTRAINTS', message: 'Too many failed' } },
    { Pending: 0, InProgress: 0, Succeeded: 0, Failed: 1, Skipped: 1, Ready: 0 },
    api.nowMs + 2000,
  );

beforeEach(async () => {
  states.reset();
  states.on(StartExecutionCommand).resolves({});
  await api.client.send(new CreateApplicationCommand({ applicationName: 'web' }));
});

describe('CreateDeployment', () => {
  it('puts a deployment on record and starts its execution', async () => {
    await aGroup({
      autoScalingGroups: ['blue'],
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
    });

    const deploymentId = await create({ description: 'Friday' });

    expect(deploymentId).toMatch(/^d-[A-Z0-9]{9}$/);
    expect(states.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input)).toEqual([
      { stateMachineArn: FLEET_MACHINE_ARN, name: deploymentId, input: JSON.stringify({ deploymentId }) },
    ]);
    expect(await get(deploymentId)).toEqual({
      ...FLEET,
      deploymentId,
      deploymentConfigName: 'CodeDeployDefault.OneAtATime',
      revision: BUNDLE,
      status: 'Created',
      creator: 'user',
      createTime: new Date(api.nowMs),
      description: 'Friday',
      computePlatform: 'Server',
      deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' },
      ignoreApplicationStopFailures: false,
      updateOutdatedInstancesOnly: false,
      fileExistsBehavior: 'DISALLOW',
      instanceTerminationWaitTimeStarted: false,
      deploymentStatusMessages: [],
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
    });
    expect((await api.ports.fleetDeployments.byId(deploymentId))?.selection.autoScalingGroups).toEqual(['blue']);
  });

  it('takes what a call says before what the group says', async () => {
    await aGroup();

    const deploymentId = await create({
      deploymentConfigName: 'CodeDeployDefault.AllAtOnce',
      fileExistsBehavior: 'OVERWRITE',
      ignoreApplicationStopFailures: true,
      updateOutdatedInstancesOnly: true,
      overrideAlarmConfiguration: { enabled: true, alarms: [{ name: 'errors' }] },
    });

    expect(await get(deploymentId)).toMatchObject({
      deploymentConfigName: 'CodeDeployDefault.AllAtOnce',
      fileExistsBehavior: 'OVERWRITE',
      ignoreApplicationStopFailures: true,
      updateOutdatedInstancesOnly: true,
      overrideAlarmConfiguration: { enabled: true, alarms: [{ name: 'errors' }] },
    });
  });

  it('registers a revision that nobody has registered', async () => {
    await aGroup();

    const deploymentId = await create();

    const { revisionInfo } = await api.client.send(
      new GetApplicationRevisionCommand({ applicationName: 'web', revision: BUNDLE }),
    );
    expect(revisionInfo?.description).toContain(deploymentId);
  });

  it('refuses a second one while the first runs, in the words that tools read its id from', async () => {
    await aGroup();
    const deploymentId = await create();

    expect(await refusal(create())).toEqual({
      name: 'DeploymentLimitExceededException',
      message: `The Deployment Group 'fleet' already has an active Deployment '${deploymentId}'`,
    });
  });

  it('that broke off before its execution began is completed by the next one, and by whoever asks for it', async () => {
    await aGroup();
    states.on(StartExecutionCommand).rejectsOnce(new Error('The function ran out of time'));
    const first = await refusal(create());
    const [deploymentId = ''] = (await list()) ?? [];
    const started = () => states.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input.name);

    const second = await refusal(create());
    await get(deploymentId);
    const startedByTheNext = started();
    api.nowMs += 16_000;
    await get(deploymentId);

    expect(first.name).toBe('InternalFailure');
    expect(second.message).toContain(`already has an active Deployment '${deploymentId}'`);
    expect(startedByTheNext).toEqual([deploymentId, deploymentId]);
    expect(started()).toEqual([deploymentId, deploymentId, deploymentId]);
  });

  it('finds the Auto Scaling groups of a group that a template declares by their hooks', async () => {
    const groups = new TableDeploymentGroups(api.table, () => api.nowMs);
    await groups.declare(aDeploymentGroup(FLEET), DECLARED_BY);
    const hook = (deploymentGroupName: string) => ({
      LifecycleHookName: 'slipway-launch',
      NotificationMetadata: encodeHookMetadata({ deploymentGroups: [{ ...FLEET, deploymentGroupName }] }),
    });
    autoScaling.groups.get('blue')?.set('slipway-launch', hook('other'));
    autoScaling.groups.get('green')?.set('slipway-launch', hook('fleet'));

    const deploymentId = await create();

    expect((await api.ports.fleetDeployments.byId(deploymentId))?.selection.autoScalingGroups).toEqual(['green']);
  });

  it('leaves no record of what it refuses', async () => {
    await aGroup();

    await refusal(create({ targetInstances: { autoScalingGroups: ['green'] } }));
    await refusal(create({ autoRollbackConfiguration: { enabled: true } }));

    expect(await list()).toEqual([]);
  });

  it.each<readonly [string, Partial<CreateDeploymentCommandInput>, string, string]>([
    ['of a revision', {}, 'InvalidInputException', 'leave revision out'],
    [
      'of outdated instances',
      { revision: undefined, updateOutdatedInstancesOnly: true },
      'InvalidUpdateOutdatedInstancesOnlyValueException',
      'leave updateOutdatedInstancesOnly out',
    ],
    ['as such', { revision: undefined }, 'UnsupportedActionForDeploymentTypeException', 'restarts are not built yet'],
  ])('refuses a restart %s', async (_, input, name, message) => {
    await aGroup();

    const refused = await refusal(create({ ...input, deploymentMode: 'RESTART' }));

    expect(refused.name).toBe(name);
    expect(refused.message).toContain(message);
  });

  it('deploys as it always did in the mode that is so called', async () => {
    await aGroup();

    const deploymentId = await create({ deploymentMode: 'STANDARD' });

    expect(await list()).toEqual([deploymentId]);
  });
});

describe('GetDeployment', () => {
  it('counts the targets while they are deployed to', async () => {
    await aGroup();
    const deploymentId = await started();
    await begin(deploymentId, TWO);

    expect(await get(deploymentId)).toMatchObject({
      status: 'InProgress',
      startTime: new Date(api.nowMs + 1000),
      deploymentOverview: { Pending: 1, InProgress: 1, Succeeded: 0, Failed: 0, Skipped: 0, Ready: 0 },
    });
  });

  it('tells how it ended, and why', async () => {
    await aGroup();
    const deploymentId = await started();
    await end(deploymentId);

    expect(await get(deploymentId)).toMatchObject({
      status: 'Failed',
      completeTime: new Date(api.nowMs + 2000),
      errorInformation: { code: 'HEALTH_CONSTRAINTS', message: 'Too many failed' },
      deploymentOverview: { Failed: 1, Skipped: 1 },
    });
  });

  it('knows the deployment to an instance that launches', async () => {
    const target = aTarget({ request: aLaunch() });
    await targets().open(target);

    expect(await get(target.deploymentId)).toMatchObject({
      creator: 'autoscaling',
      status: 'InProgress',
      deploymentOverview: { InProgress: 1 },
    });
  });
});

describe('BatchGetDeployments', () => {
  const batch = (deploymentIds: string[] | undefined) =>
    api.client.send(new BatchGetDeploymentsCommand({ deploymentIds }));

  it('leaves out what is not there', async () => {
    await aGroup();
    const deploymentId = await create();

    const { deploymentsInfo } = await batch([UNKNOWN_ID, deploymentId]);

    expect(deploymentsInfo?.map((info) => info.deploymentId)).toEqual([deploymentId]);
  });
});

describe('ListDeployments', () => {
  it('is asked by group, status and time', async () => {
    await aGroup();
    await aGroup({ deploymentGroupName: 'farm' });
    const first = await create();
    api.nowMs += 60_000;
    const second = await create({ deploymentGroupName: 'farm' });
    await end(first);

    expect(await list()).toEqual([second, first]);
    expect(await list(FLEET)).toEqual([first]);
    expect(await list({ includeOnlyStatuses: ['Failed'] })).toEqual([first]);
    expect(await list({ createTimeRange: { start: new Date(api.nowMs) } })).toEqual([second]);
    expect(await list({ externalId: 'stack' })).toEqual([]);
  });

  it('takes times before all deployments and after all of them', async () => {
    await aGroup();
    const deploymentId = await create();
    const [ancient, remote] = [new Date(-8.64e15), new Date(8.64e15)];

    expect(await list({ createTimeRange: { start: ancient, end: remote } })).toEqual([deploymentId]);
    expect(await list({ createTimeRange: { end: ancient } })).toEqual([]);
    expect(await list({ createTimeRange: { start: remote } })).toEqual([]);
  });
});

describe('targets of a deployment', () => {
  const getTarget = (deploymentId: string | undefined, targetId: string | undefined) =>
    api.client.send(new GetDeploymentTargetCommand({ deploymentId, targetId }));
  const listTargets = (deploymentId: string | undefined, targetFilters?: Record<string, string[]>) =>
    api.client.send(new ListDeploymentTargetsCommand({ deploymentId, targetFilters }));

  it('are listed in the order in which they are taken up, begun or not', async () => {
    await aGroup();
    const deploymentId = await started();
    await begin(deploymentId, TWO);

    expect((await listTargets(deploymentId)).targetIds).toEqual([TWO, ONE]);
    expect((await listTargets(deploymentId, { TargetStatus: ['Pending'] })).targetIds).toEqual([ONE]);
    const instances = await api.client.send(
      new ListDeploymentInstancesCommand({ deploymentId, instanceStatusFilter: ['InProgress'] }),
    );
    expect(instances.instancesList).toEqual([TWO]);
  });

  it('show what their host is at, and what is to come', async () => {
    await aGroup();
    const deploymentId = await started();
    await begin(deploymentId, TWO);
    const leg = { ...aLeg(), deploymentId, events: ['ApplicationStop', 'DownloadBundle'] as const };
    await new TableMailboxes(api.table, () => api.nowMs).place(
      TWO,
      { ...leg, results: [{ status: 'Succeeded', endedAtMs: api.nowMs }] },
      'in-place',
    );

    const { deploymentTarget } = await getTarget(deploymentId, TWO);

    expect(deploymentTarget).toMatchObject({
      deploymentTargetType: 'InstanceTarget',
      instanceTarget: {
        deploymentId,
        targetId: TWO,
        targetArn: `arn:aws:ec2:us-east-1:123456789012:instance/${TWO}`,
        status: 'InProgress',
      },
    });
    const events = deploymentTarget?.instanceTarget?.lifecycleEvents ?? [];
    expect(events.slice(0, 3)).toMatchObject([
      { lifecycleEventName: 'ApplicationStop', status: 'Succeeded' },
      { lifecycleEventName: 'DownloadBundle', status: 'Pending' },
      { lifecycleEventName: 'BeforeInstall', status: 'Pending' },
    ]);
    expect(events).toHaveLength(7);
  });

  it('that were never begun are skipped once the deployment has ended', async () => {
    await aGroup();
    const deploymentId = await started();
    await end(deploymentId);

    const { deploymentTargets } = await api.client.send(
      new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: [ONE, TWO] }),
    );

    expect(deploymentTargets?.map((target) => target.instanceTarget?.status)).toEqual(['Skipped', 'Skipped']);
  });

  it('are there for a launch as well', async () => {
    const target = aTarget({ request: aLaunch() });
    await targets().open(target);

    expect((await listTargets(target.deploymentId)).targetIds).toEqual([target.instanceId]);
  });

  it('are told by their own records, however many others there are', async () => {
    await aGroup();
    const deploymentId = await started();
    await begin(deploymentId, TWO);
    const ofAll = vi.spyOn(api.ports.fleetTargets, 'standings');

    const begun = await getTarget(deploymentId, TWO);
    const waiting = await getTarget(deploymentId, ONE);

    expect(begun.deploymentTarget?.instanceTarget?.status).toBe('InProgress');
    expect(waiting.deploymentTarget?.instanceTarget?.status).toBe('Pending');
    expect(ofAll).not.toHaveBeenCalled();
  });

  it('answer to the operations that they replaced', async () => {
    await aGroup();
    const deploymentId = await started();

    const one = await api.client.send(new GetDeploymentInstanceCommand({ deploymentId, instanceId: ONE }));
    const batch = await api.client.send(
      new BatchGetDeploymentInstancesCommand({ deploymentId, instanceIds: [ONE, 'i-0'] }),
    );

    expect(one.instanceSummary).toMatchObject({
      instanceId: `arn:aws:ec2:us-east-1:123456789012:instance/${ONE}`,
      status: 'Pending',
    });
    expect(batch.instancesSummary).toHaveLength(1);
    expect(batch.errorMessage).toContain('i-0');
  });

  it('are not known before they are chosen', async () => {
    await aGroup();
    const deploymentId = await create();

    expect((await refusal(listTargets(deploymentId))).name).toBe('DeploymentNotStartedException');
    expect((await refusal(getTarget(deploymentId, ONE))).name).toBe('DeploymentNotStartedException');
  });

  it('that are called instances are then simply not there', async () => {
    await aGroup();
    const deploymentId = await create();
    const one = () => api.client.send(new GetDeploymentInstanceCommand({ deploymentId, instanceId: ONE }));

    const batch = await api.client.send(new BatchGetDeploymentInstancesCommand({ deploymentId, instanceIds: [ONE] }));

    expect((await refusal(one())).name).toBe('InstanceDoesNotExistException');
    expect(batch.instancesSummary).toEqual([]);
    expect(batch.errorMessage).toContain(ONE);
  });

  it('are not filtered by a label, once there is a deployment to filter', async () => {
    await aGroup();
    const deploymentId = await started();
    const byLabel = { ServerInstanceLabel: ['Blue'] };

    expect((await refusal(listTargets(deploymentId, byLabel))).name).toBe('InvalidDeploymentInstanceTypeException');
    expect((await refusal(listTargets('d-000000000', byLabel))).name).toBe('DeploymentDoesNotExistException');
  });
});

describe('what a deployment in place has no use for', () => {
  const proceed = (deploymentId: string | undefined, deploymentWaitType?: 'READY_WAIT') =>
    api.client.send(new ContinueDeploymentCommand({ deploymentId, deploymentWaitType }));

  it('is refused while it runs, and once it has ended', async () => {
    await aGroup();
    const deploymentId = await started();
    const skip = () => api.client.send(new SkipWaitTimeForInstanceTerminationCommand({ deploymentId }));

    expect((await refusal(proceed(deploymentId))).name).toBe('UnsupportedActionForDeploymentTypeException');
    expect((await refusal(skip())).name).toBe('UnsupportedActionForDeploymentTypeException');
    await end(deploymentId);
    expect((await refusal(proceed(deploymentId))).name).toBe('DeploymentAlreadyCompletedException');
  });
});

describe('a deployment group with a history', () => {
  it('shows its last deployments', async () => {
    const { deploymentGroupId = '' } = await aGroup();
    const deploymentId = await create();
    await api.ports.groupDeployments.succeeded(deploymentGroupId, {
      deploymentId,
      status: 'Succeeded',
      revision: { RevisionType: 'S3', S3Location: { Bucket: 'revisions', Key: 'web-2.zip', BundleType: 'zip' } },
      fileExistsBehavior: 'DISALLOW',
      createdAtMs: api.nowMs,
      completedAtMs: api.nowMs + 1000,
    });

    const { deploymentGroupInfo } = await api.client.send(new GetDeploymentGroupCommand(FLEET));

    expect(deploymentGroupInfo?.lastSuccessfulDeployment).toEqual({
      deploymentId,
      status: 'Succeeded',
      createTime: new Date(api.nowMs),
      endTime: new Date(api.nowMs + 1000),
    });
  });
});

describe('deployments of what is deleted', () => {
  const deleteGroup = () => api.client.send(new DeleteDeploymentGroupCommand(FLEET));
  const nameOf = async (id: string) => (await refusal(get(id))).name;

  it('go with their group, those to single hosts included', async () => {
    const { deploymentGroupId = '' } = await aGroup();
    const deploymentId = await started();
    await end(deploymentId);
    const group = { ...FLEET };
    const launch = aTarget({ request: aLaunch({ deploymentGroups: [group] }), group, status: 'Succeeded' });
    await targets().open(launch);

    await deleteGroup();

    expect(await nameOf(deploymentId)).toBe('DeploymentDoesNotExistException');
    expect(await nameOf(launch.deploymentId)).toBe('DeploymentDoesNotExistException');
    expect(await list()).toEqual([]);
    expect(await api.ports.groupDeployments.history(deploymentGroupId)).toEqual({});
  });

  it('go with their application', async () => {
    await aGroup();
    const deploymentId = await started();
    await end(deploymentId);

    await api.client.send(new DeleteApplicationCommand({ applicationName: 'web' }));

    expect(await nameOf(deploymentId)).toBe('DeploymentDoesNotExistException');
  });

  it('are left to end while they run, and keep the group from another of its name', async () => {
    await aGroup();
    const deploymentId = await started();

    await deleteGroup();
    await aGroup();

    expect((await get(deploymentId))?.status).toBe('InProgress');
    expect((await refusal(create())).message).toContain(`already has an active Deployment '${deploymentId}'`);
  });

  it('are set going though their creation broke off, so that they can end', async () => {
    await aGroup();
    states.on(StartExecutionCommand).rejects(new Error('The function ran out of time'));
    await refusal(create());
    states.on(StartExecutionCommand).resolves({});
    const [deploymentId] = (await list()) ?? [];

    await deleteGroup();

    expect(states.commandCalls(StartExecutionCommand).at(-1)?.args[0].input.name).toBe(deploymentId);
  });
});
