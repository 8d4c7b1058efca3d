import {
  BatchGetDeploymentGroupsCommand,
  CreateApplicationCommand,
  CreateDeploymentConfigCommand,
  CreateDeploymentGroupCommand,
  type CreateDeploymentGroupCommandInput,
  DeleteApplicationCommand,
  DeleteDeploymentConfigCommand,
  DeleteDeploymentGroupCommand,
  GetDeploymentGroupCommand,
  ListDeploymentGroupsCommand,
  ListTagsForResourceCommand,
  UpdateDeploymentGroupCommand,
  type UpdateDeploymentGroupCommandInput,
} from '@aws-sdk/client-codedeploy';
import { PublishCommand, SNSClient, SNSServiceException } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { TableDeploymentGroups } from '../../../adapters/table/deployment-groups.ts';
import { aDeploymentGroup, DECLARED_BY } from '../../lambdas/doubles/builders.ts';
import { autoScalingError, fakeAutoScaling } from '../support/auto-scaling.ts';
import { refusal } from '../support/refusal.ts';
import { HOOK_TARGET, serveApi } from '../support/served-api.ts';

const autoScaling = fakeAutoScaling();
const topics = mockClient(SNSClient);
const api = serveApi();

const ROLE = 'arn:aws:iam::111122223333:role/CodeDeploy';
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:news';
const FLEET = { applicationName: 'web', deploymentGroupName: 'fleet' };
const OF_BLUE = { slipway: { deploymentGroups: [FLEET], heartbeatTimeoutSeconds: 900 } };
const A_TRIGGER = { triggerName: 'news', triggerTargetArn: TOPIC, triggerEvents: ['DeploymentFailure' as const] };

type Input = Partial<CreateDeploymentGroupCommandInput>;
type Changes = Partial<UpdateDeploymentGroupCommandInput>;

const create = (input: Input = {}) =>
  api.client.send(new CreateDeploymentGroupCommand({ ...FLEET, serviceRoleArn: ROLE, ...input }));
const update = (changes: Changes = {}) =>
  api.client.send(
    new UpdateDeploymentGroupCommand({ applicationName: 'web', currentDeploymentGroupName: 'fleet', ...changes }),
  );
const remove = (input: Partial<typeof FLEET> = {}) =>
  api.client.send(new DeleteDeploymentGroupCommand({ ...FLEET, ...input }));
const get = async (deploymentGroupName = 'fleet') =>
  (await api.client.send(new GetDeploymentGroupCommand({ ...FLEET, deploymentGroupName }))).deploymentGroupInfo;
const names = async () =>
  (await api.client.send(new ListDeploymentGroupsCommand({ applicationName: 'web' }))).deploymentGroups;
const hookNames = (group: string) => [...(autoScaling.groups.get(group)?.keys() ?? [])].sort();
const anApplication = (applicationName: string, computePlatform: 'Server' | 'Lambda' | 'ECS') =>
  api.client.send(new CreateApplicationCommand({ applicationName, computePlatform }));
const aConfig = (deploymentConfigName: string) =>
  api.client.send(
    new CreateDeploymentConfigCommand({ deploymentConfigName, minimumHealthyHosts: { type: 'HOST_COUNT', value: 1 } }),
  );
const declareByTemplate = (deploymentGroupName: string) =>
  new TableDeploymentGroups(api.table, () => api.nowMs).declare(
    aDeploymentGroup({ applicationName: 'web', deploymentGroupName }),
    DECLARED_BY,
  );

beforeEach(async () => {
  topics.reset();
  topics.on(PublishCommand).resolves({});
  await anApplication('web', 'Server');
});

const NAMES = [
  ['no application', { applicationName: undefined }, 'ApplicationNameRequiredException'],
  ['an application with a space', { applicationName: 'a b' }, 'InvalidApplicationNameException'],
] as const;

const BLUE_GREEN = { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' } as const;
const READY = { actionOnTimeout: 'CONTINUE_DEPLOYMENT' } as const;
const TERMINATE = { action: 'TERMINATE', terminationWaitTimeInMinutes: 5 } as const;
const PAIR = {
  targetGroups: [{ name: 'one' }, { name: 'two' }],
  prodTrafficRoute: { listenerArns: ['arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/x/1/2'] },
};
const A_SERVICE = {
  deploymentStyle: BLUE_GREEN,
  ecsServices: [{ serviceName: 'api', clusterName: 'main' }],
  blueGreenDeploymentConfiguration: {
    deploymentReadyOption: READY,
    terminateBlueInstancesOnDeploymentSuccess: TERMINATE,
  },
  loadBalancerInfo: { targetGroupPairInfoList: [PAIR] },
};
const FILTER = { Type: 'KEY_AND_VALUE', Key: 'stage', Value: 'test' } as const;

const BLUE_GREEN_FAULTS = Object.entries<NonNullable<Changes['blueGreenDeploymentConfiguration']>>({
  'without what is done when green is ready': { terminateBlueInstancesOnDeploymentSuccess: TERMINATE },
  'without what becomes of blue': { deploymentReadyOption: READY },
  'that waits and continues': {
    deploymentReadyOption: { ...READY, waitTimeInMinutes: 5 },
    terminateBlueInstancesOnDeploymentSuccess: TERMINATE,
  },
  'that stops without a wait': {
    deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT' },
    terminateBlueInstancesOnDeploymentSuccess: TERMINATE,
  },
  'that keeps blue for 2,881 minutes': {
    deploymentReadyOption: READY,
    terminateBlueInstancesOnDeploymentSuccess: { action: 'KEEP_ALIVE', terminationWaitTimeInMinutes: 2881 },
  },
  'that copies two Auto Scaling groups': {
    deploymentReadyOption: READY,
    terminateBlueInstancesOnDeploymentSuccess: TERMINATE,
    greenFleetProvisioningOption: { action: 'COPY_AUTO_SCALING_GROUP' },
  },
}).map(([what, blueGreenDeploymentConfiguration]): readonly [string, Changes, string] => [
  `a blue/green configuration ${what}`,
  { blueGreenDeploymentConfiguration, autoScalingGroups: ['blue', 'green'] },
  'InvalidBlueGreenDeploymentConfigurationException',
]);

/** What the settings of a group cannot be, whoever gives them. */
const UNFIT: readonly (readonly [string, Changes, string])[] = [
  ['a role that is none', { serviceRoleArn: 'CodeDeploy' }, 'InvalidRoleException'],
  ['a config that is not there', { deploymentConfigName: 'mine' }, 'DeploymentConfigDoesNotExistException'],
  ['the name of no config', { deploymentConfigName: 'a'.repeat(101) }, 'InvalidDeploymentConfigNameException'],
  [
    'a config for functions',
    { deploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce' },
    'InvalidDeploymentConfigNameException',
  ],
  ['a filter by key with a value', { ec2TagFilters: [{ ...FILTER, Type: 'KEY_ONLY' }] }, 'InvalidEC2TagException'],
  ['a filter by value with a key', { ec2TagFilters: [{ ...FILTER, Type: 'VALUE_ONLY' }] }, 'InvalidEC2TagException'],
  ['a filter without a type', { ec2TagFilters: [{ Key: 'stage' }] }, 'InvalidEC2TagException'],
  ['a filter with a long key', { ec2TagFilters: [{ ...FILTER, Key: 'k'.repeat(129) }] }, 'InvalidEC2TagException'],
  ['an empty tag group', { ec2TagSet: { ec2TagSetList: [[]] } }, 'InvalidEC2TagException'],
  [
    'a tag group of eleven filters',
    { ec2TagSet: { ec2TagSetList: [Array.from({ length: 11 }, () => FILTER)] } },
    'InvalidEC2TagException',
  ],
  [
    'four tag groups',
    { ec2TagSet: { ec2TagSetList: [[FILTER], [FILTER], [FILTER], [FILTER]] } },
    'TagSetListLimitExceededException',
  ],
  [
    'tag filters in both forms',
    { ec2TagFilters: [FILTER], ec2TagSet: { ec2TagSetList: [[FILTER]] } },
    'InvalidEC2TagCombinationException',
  ],
  [
    'on-premises filters in both forms',
    { onPremisesInstanceTagFilters: [FILTER], onPremisesTagSet: { onPremisesTagSetList: [[FILTER]] } },
    'InvalidOnPremisesTagCombinationException',
  ],
  [
    'an on-premises filter without a key',
    { onPremisesInstanceTagFilters: [{ Type: 'KEY_ONLY' }] },
    'InvalidTagException',
  ],
  ['an Auto Scaling group that is not there', { autoScalingGroups: ['red'] }, 'InvalidAutoScalingGroupException'],
  ['an Auto Scaling group twice', { autoScalingGroups: ['blue', 'blue'] }, 'InvalidAutoScalingGroupException'],
  ['an Auto Scaling group without a name', { autoScalingGroups: [''] }, 'InvalidAutoScalingGroupException'],
  [
    'eleven Auto Scaling groups',
    { autoScalingGroups: Array.from({ length: 11 }, (_, index) => `group-${index}`) },
    'InvalidAutoScalingGroupException',
  ],
  ['an ECS service', { ecsServices: A_SERVICE.ecsServices }, 'InvalidECSServiceException'],
  [
    'blue/green without traffic control',
    { deploymentStyle: { ...BLUE_GREEN, deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' } },
    'InvalidDeploymentStyleException',
  ],
  [
    'a style that there is not',
    { deploymentStyle: { deploymentType: 'CANARY' as 'IN_PLACE' } },
    'InvalidDeploymentStyleException',
  ],
  [
    'traffic control without a load balancer',
    { deploymentStyle: { deploymentOption: 'WITH_TRAFFIC_CONTROL' } },
    'InvalidLoadBalancerInfoException',
  ],
  [
    'the ARN of a target group',
    { loadBalancerInfo: { targetGroupInfoList: [{ name: `arn:aws:elasticloadbalancing:${'x'.repeat(20)}` }] } },
    'InvalidLoadBalancerInfoException',
  ],
  [
    'eleven load balancers',
    { loadBalancerInfo: { elbInfoList: Array.from({ length: 11 }, () => ({ name: 'web' })) } },
    'InvalidLoadBalancerInfoException',
  ],
  ['a load balancer without a name', { loadBalancerInfo: { elbInfoList: [{}] } }, 'InvalidLoadBalancerInfoException'],
  [
    'one target group of a pair',
    { loadBalancerInfo: { targetGroupPairInfoList: [{ ...PAIR, targetGroups: [{ name: 'one' }] }] } },
    'InvalidTargetGroupPairException',
  ],
  [
    'a pair without a listener',
    { loadBalancerInfo: { targetGroupPairInfoList: [{ targetGroups: PAIR.targetGroups }] } },
    'InvalidTargetGroupPairException',
  ],
  ['two pairs', { loadBalancerInfo: { targetGroupPairInfoList: [PAIR, PAIR] } }, 'InvalidTargetGroupPairException'],
  [
    'blue/green without its configuration',
    { deploymentStyle: BLUE_GREEN, loadBalancerInfo: { elbInfoList: [{ name: 'web' }] } },
    'InvalidBlueGreenDeploymentConfigurationException',
  ],
  ...BLUE_GREEN_FAULTS,
  [
    'a trigger without a name',
    { triggerConfigurations: [{ ...A_TRIGGER, triggerName: '' }] },
    'InvalidTriggerConfigException',
  ],
  [
    'a trigger without a topic',
    { triggerConfigurations: [{ ...A_TRIGGER, triggerTargetArn: undefined }] },
    'InvalidTriggerConfigException',
  ],
  [
    'a trigger for nothing',
    { triggerConfigurations: [{ ...A_TRIGGER, triggerEvents: [] }] },
    'InvalidTriggerConfigException',
  ],
  [
    'a trigger for an event that there is not',
    { triggerConfigurations: [{ ...A_TRIGGER, triggerEvents: ['Party' as 'InstanceStart'] }] },
    'InvalidTriggerConfigException',
  ],
  [
    'two triggers of a name',
    { triggerConfigurations: [A_TRIGGER, { ...A_TRIGGER, triggerTargetArn: `${TOPIC}-2` }] },
    'InvalidTriggerConfigException',
  ],
  [
    'two triggers for a topic',
    { triggerConfigurations: [A_TRIGGER, { ...A_TRIGGER, triggerName: 'more' }] },
    'InvalidTriggerConfigException',
  ],
  [
    'eleven triggers',
    {
      triggerConfigurations: Array.from({ length: 11 }, (_, index) => ({
        ...A_TRIGGER,
        triggerName: `t${index}`,
        triggerTargetArn: `${TOPIC}-${index}`,
      })),
    },
    'TriggerTargetsLimitExceededException',
  ],
  ['alarms without a list', { alarmConfiguration: { enabled: true } }, 'InvalidAlarmConfigException'],
  ['alarms with an empty list', { alarmConfiguration: { enabled: true, alarms: [] } }, 'InvalidAlarmConfigException'],
  ['an alarm without a name', { alarmConfiguration: { alarms: [{}] } }, 'InvalidAlarmConfigException'],
  ['an alarm twice', { alarmConfiguration: { alarms: [{ name: 'a' }, { name: 'a' }] } }, 'InvalidAlarmConfigException'],
  [
    'fifty-one alarms',
    { alarmConfiguration: { alarms: Array.from({ length: 51 }, (_, index) => ({ name: `a${index}` })) } },
    'AlarmsLimitExceededException',
  ],
  ['a rollback for nothing', { autoRollbackConfiguration: { enabled: true } }, 'InvalidAutoRollbackConfigException'],
  [
    'a rollback for an event that there is not',
    { autoRollbackConfiguration: { events: ['RAIN' as 'DEPLOYMENT_FAILURE'] } },
    'InvalidAutoRollbackConfigException',
  ],
  ['a strategy that there is not', { outdatedInstancesStrategy: 'HOPE' as 'UPDATE' }, 'InvalidInputException'],
];

describe('CreateDeploymentGroup', () => {
  it('makes a group with what CodeDeploy gives one that says nothing', async () => {
    const { deploymentGroupId } = await create();

    expect(await get()).toEqual({
      ...FLEET,
      deploymentGroupId,
      serviceRoleArn: ROLE,
      computePlatform: 'Server',
      deploymentConfigName: 'CodeDeployDefault.OneAtATime',
      deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' },
      autoScalingGroups: [],
      triggerConfigurations: [],
      autoRollbackConfiguration: { enabled: false },
      outdatedInstancesStrategy: 'UPDATE',
      terminationHookEnabled: false,
    });
  });

  it('keeps what it is told', async () => {
    const told = {
      deploymentConfigName: 'CodeDeployDefault.HalfAtATime',
      ec2TagSet: { ec2TagSetList: [[FILTER], [{ Type: 'KEY_ONLY' as const, Key: 'web' }]] },
      onPremisesInstanceTagFilters: [{ Type: 'VALUE_ONLY' as const, Value: 'cellar' }],
      alarmConfiguration: { enabled: true, ignorePollAlarmFailure: true, alarms: [{ name: 'errors' }] },
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE' as const] },
      outdatedInstancesStrategy: 'IGNORE' as const,
      loadBalancerInfo: { elbInfoList: [{ name: 'classic' }], targetGroupInfoList: [{ name: 'web' }] },
      deploymentStyle: { deploymentType: 'IN_PLACE' as const, deploymentOption: 'WITH_TRAFFIC_CONTROL' as const },
    };

    await create(told);

    expect(await get()).toMatchObject(told);
  });

  it('installs the launch hook of each Auto Scaling group', async () => {
    await create({ autoScalingGroups: ['blue', 'green'] });

    expect(autoScaling.groups.get('blue')?.get('slipway-launch')).toMatchObject({
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      DefaultResult: 'ABANDON',
      HeartbeatTimeout: 900,
      NotificationTargetARN: HOOK_TARGET.lifecycleQueueArn,
      RoleARN: HOOK_TARGET.hookRoleArn,
      NotificationMetadata: JSON.stringify(OF_BLUE),
    });
    expect(hookNames('green')).toEqual(['slipway-launch']);
    expect((await get())?.autoScalingGroups).toEqual([
      { name: 'blue', hook: 'slipway-launch' },
      { name: 'green', hook: 'slipway-launch' },
    ]);
  });

  it('installs termination hooks where they are wanted', async () => {
    await create({ autoScalingGroups: ['blue'], terminationHookEnabled: true });

    expect(hookNames('blue')).toEqual(['slipway-launch', 'slipway-termination']);
    expect((await get())?.autoScalingGroups).toEqual([
      { name: 'blue', hook: 'slipway-launch', terminationHook: 'slipway-termination' },
    ]);
  });

  it('leaves nothing behind when a hook finds no room', async () => {
    autoScaling.failures.set('PutLifecycleHook', autoScalingError('LimitExceeded', 'Lifecycle hook limit exceeded'));
    await aConfig('mine');

    const refused = await refusal(create({ autoScalingGroups: ['blue'], deploymentConfigName: 'mine' }));

    expect(refused.name).toBe('LifecycleHookLimitExceededException');
    expect(await names()).toEqual([]);
    await api.client.send(new DeleteDeploymentConfigCommand({ deploymentConfigName: 'mine' }));
  });

  it('proves the topics of its triggers by a message', async () => {
    await create({ triggerConfigurations: [A_TRIGGER] });

    expect(topics.commandCalls(PublishCommand).map(({ args }) => args[0].input.TopicArn)).toEqual([TOPIC]);
    expect((await get())?.triggerConfigurations).toEqual([A_TRIGGER]);
  });

  it('refuses a topic that it cannot publish to', async () => {
    topics
      .on(PublishCommand)
      .rejects(new SNSServiceException({ name: 'NotFoundException', message: '', $fault: 'client', $metadata: {} }));

    expect(await refusal(create({ triggerConfigurations: [A_TRIGGER] }))).toMatchObject({
      name: 'InvalidTriggerConfigException',
      message: expect.stringContaining(TOPIC) as string,
    });
    expect(await names()).toEqual([]);
  });

  it('keeps its config from being deleted', async () => {
    await aConfig('mine');
    await create({ deploymentConfigName: 'mine' });

    const call = api.client.send(new DeleteDeploymentConfigCommand({ deploymentConfigName: 'mine' }));

    expect((await refusal(call)).name).toBe('DeploymentConfigInUseException');
  });

  it('takes tags', async () => {
    await create({ tags: [{ Key: 'team', Value: 'web' }] });

    const ResourceArn = 'arn:aws:codedeploy:us-east-1:111122223333:deploymentgroup:web/fleet';
    const { Tags } = await api.client.send(new ListTagsForResourceCommand({ ResourceArn }));
    expect(Tags).toEqual([{ Key: 'team', Value: 'web' }]);
  });

  it('lets one of two win who create the same group at once', async () => {
    const outcomes = await Promise.allSettled([create(), create()]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await names()).toEqual(['fleet']);
  });

  it('makes a group for a function', async () => {
    await anApplication('functions', 'Lambda');

    await create({ applicationName: 'functions', deploymentStyle: BLUE_GREEN });

    const input = { applicationName: 'functions', deploymentGroupName: 'fleet' };
    const { deploymentGroupInfo } = await api.client.send(new GetDeploymentGroupCommand(input));
    expect(deploymentGroupInfo).toMatchObject({
      computePlatform: 'Lambda',
      deploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce',
      deploymentStyle: BLUE_GREEN,
    });
  });

  it('makes a group for a service, with the waits that clients read', async () => {
    await anApplication('services', 'ECS');

    await create({ applicationName: 'services', ...A_SERVICE });

    const input = { applicationName: 'services', deploymentGroupNames: ['fleet'] };
    const { deploymentGroupsInfo } = await api.client.send(new BatchGetDeploymentGroupsCommand(input));
    expect(deploymentGroupsInfo?.[0]).toMatchObject({
      ecsServices: A_SERVICE.ecsServices,
      blueGreenDeploymentConfiguration: {
        deploymentReadyOption: { waitTimeInMinutes: 0 },
        terminateBlueInstancesOnDeploymentSuccess: { terminationWaitTimeInMinutes: 5 },
      },
    });
  });

  it.each<readonly [string, 'Lambda' | 'ECS', Input, string]>([
    ['a function without a style', 'Lambda', { deploymentStyle: undefined }, 'InvalidDeploymentStyleException'],
    ['tag filters for a function', 'Lambda', { ec2TagFilters: [FILTER] }, 'InvalidEC2TagException'],
    ['on-premises filters for a function', 'Lambda', { onPremisesInstanceTagFilters: [FILTER] }, 'InvalidTagException'],
    [
      'an Auto Scaling group for a function',
      'Lambda',
      { autoScalingGroups: ['blue'] },
      'InvalidAutoScalingGroupException',
    ],
    ['termination hooks for a function', 'Lambda', { terminationHookEnabled: true }, 'InvalidInputException'],
    [
      'a blue/green configuration for a function',
      'Lambda',
      { blueGreenDeploymentConfiguration: A_SERVICE.blueGreenDeploymentConfiguration },
      'InvalidBlueGreenDeploymentConfigurationException',
    ],
    ['no service', 'ECS', { ...A_SERVICE, ecsServices: [] }, 'InvalidECSServiceException'],
    [
      'a service without a cluster',
      'ECS',
      { ...A_SERVICE, ecsServices: [{ serviceName: 'x' }] },
      'InvalidECSServiceException',
    ],
    [
      'two services',
      'ECS',
      { ...A_SERVICE, ecsServices: [...A_SERVICE.ecsServices, ...A_SERVICE.ecsServices] },
      'ECSServiceMappingLimitExceededException',
    ],
    [
      'a service without a blue/green configuration',
      'ECS',
      { ...A_SERVICE, blueGreenDeploymentConfiguration: undefined },
      'InvalidBlueGreenDeploymentConfigurationException',
    ],
    [
      'a service without target groups',
      'ECS',
      { ...A_SERVICE, loadBalancerInfo: undefined },
      'InvalidLoadBalancerInfoException',
    ],
    [
      'a service with a classic load balancer',
      'ECS',
      { ...A_SERVICE, loadBalancerInfo: { elbInfoList: [{ name: 'x' }] } },
      'InvalidLoadBalancerInfoException',
    ],
  ])('refuses %s', async (_, platform, input, name) => {
    await anApplication('traffic', platform);

    const refused = await refusal(create({ applicationName: 'traffic', deploymentStyle: BLUE_GREEN, ...input }));

    expect(refused.name).toBe(name);
  });

  it.each<readonly [string, Input, string]>([
    ...NAMES,
    ['an application that is not there', { applicationName: 'shop' }, 'ApplicationDoesNotExistException'],
    ['no group', { deploymentGroupName: '' }, 'DeploymentGroupNameRequiredException'],
    ['a group with a space', { deploymentGroupName: 'a b' }, 'InvalidDeploymentGroupNameException'],
    ['no role', { serviceRoleArn: undefined }, 'RoleRequiredException'],
    ['a reserved tag', { tags: [{ Key: 'aws:x' }] }, 'InvalidTagsToAddException'],
    ...UNFIT,
  ])('refuses %s', async (_, input, name) => {
    expect((await refusal(create(input))).name).toBe(name);
    expect(await names()).toEqual([]);
  });

  it('refuses a name that is taken, by a template as well', async () => {
    await declareByTemplate('declared');
    await create();

    expect((await refusal(create())).name).toBe('DeploymentGroupAlreadyExistsException');
    const again = refusal(create({ deploymentGroupName: 'declared' }));
    expect((await again).name).toBe('DeploymentGroupAlreadyExistsException');
  });

  it('refuses one more than an application may have', async () => {
    const items = Array.from({ length: 1000 }, (_, index) => `group-${index}`);
    vi.spyOn(api.ports.namedGroups, 'names').mockResolvedValue({ items, last: undefined });

    expect((await refusal(create())).name).toBe('DeploymentGroupLimitExceededException');
  });
});

describe('UpdateDeploymentGroup', () => {
  it('changes what is given and leaves the rest', async () => {
    await create({ ec2TagFilters: [FILTER], autoScalingGroups: ['blue'], triggerConfigurations: [A_TRIGGER] });

    await update({ deploymentConfigName: 'CodeDeployDefault.AllAtOnce' });

    expect(await get()).toMatchObject({
      deploymentConfigName: 'CodeDeployDefault.AllAtOnce',
      ec2TagFilters: [FILTER],
      autoScalingGroups: [{ name: 'blue' }],
      triggerConfigurations: [A_TRIGGER],
    });
    expect(topics.commandCalls(PublishCommand)).toHaveLength(1);
  });

  it('clears a list that is given empty', async () => {
    await create({ ec2TagFilters: [FILTER], triggerConfigurations: [A_TRIGGER] });

    await update({ ec2TagFilters: [], triggerConfigurations: [] });

    const group = await get();
    expect(group?.ec2TagFilters).toBeUndefined();
    expect(group?.triggerConfigurations).toEqual([]);
  });

  it('puts a tag set in the place of a list of filters', async () => {
    await create({ ec2TagFilters: [FILTER] });

    await update({ ec2TagSet: { ec2TagSetList: [[FILTER]] } });

    const group = await get();
    expect(group?.ec2TagFilters).toBeUndefined();
    expect(group?.ec2TagSet).toEqual({ ec2TagSetList: [[FILTER]] });
  });

  it('moves its hooks with its Auto Scaling groups', async () => {
    await create({ autoScalingGroups: ['blue'] });

    const { hooksNotCleanedUp } = await update({ autoScalingGroups: ['green'] });

    expect(hooksNotCleanedUp).toEqual([]);
    expect([hookNames('blue'), hookNames('green')]).toEqual([[], ['slipway-launch']]);
  });

  it('detaches every Auto Scaling group when the list is empty', async () => {
    await create({ autoScalingGroups: ['blue'], terminationHookEnabled: true });

    await update({ autoScalingGroups: [] });

    expect(hookNames('blue')).toEqual([]);
  });

  it('repairs the hooks of groups that are named again', async () => {
    await create({ autoScalingGroups: ['blue'] });
    autoScaling.groups.get('blue')?.clear();

    await update({ autoScalingGroups: ['blue'] });

    expect(hookNames('blue')).toEqual(['slipway-launch']);
  });

  it('installs and removes termination hooks', async () => {
    await create({ autoScalingGroups: ['blue'] });

    await update({ terminationHookEnabled: true });
    expect(hookNames('blue')).toEqual(['slipway-launch', 'slipway-termination']);

    await update({ terminationHookEnabled: false });
    expect(hookNames('blue')).toEqual(['slipway-launch']);
  });

  it('reports hooks that it could not remove', async () => {
    await create({ autoScalingGroups: ['blue'] });
    autoScaling.failures.set('DeleteLifecycleHook', autoScalingError('ResourceContention', 'busy'));

    const { hooksNotCleanedUp } = await update({ autoScalingGroups: [] });

    expect(hooksNotCleanedUp).toEqual([{ name: 'blue', hook: 'slipway-launch' }]);
  });

  it('gives a group another name and leaves it the same group, with its hooks', async () => {
    const { deploymentGroupId } = await create({ autoScalingGroups: ['blue'] });

    await update({ newDeploymentGroupName: 'farm' });

    expect(await get('farm')).toMatchObject({ deploymentGroupName: 'farm', deploymentGroupId });
    expect(await names()).toEqual(['farm']);
    await update({ currentDeploymentGroupName: 'farm', autoScalingGroups: [] });
    expect(hookNames('blue')).toEqual([]);
  });

  it('frees the old name for another group, which has another id', async () => {
    const { deploymentGroupId } = await create();
    await update({ newDeploymentGroupName: 'farm' });

    const second = await create();

    expect(second.deploymentGroupId).not.toBe(deploymentGroupId);
    expect(await names()).toEqual(['farm', 'fleet']);
  });

  it('refuses the name of another group', async () => {
    await create();
    await create({ deploymentGroupName: 'farm' });

    const refused = await refusal(update({ newDeploymentGroupName: 'farm' }));

    expect(refused.name).toBe('DeploymentGroupAlreadyExistsException');
  });

  it('releases the config that it no longer uses', async () => {
    await aConfig('mine');
    await create({ deploymentConfigName: 'mine' });

    await update({ deploymentConfigName: 'CodeDeployDefault.AllAtOnce' });

    await api.client.send(new DeleteDeploymentConfigCommand({ deploymentConfigName: 'mine' }));
  });

  it('leaves what a faster call has attached as well', async () => {
    await create();
    const { save } = api.ports.namedGroups;
    const { namedGroups } = api.ports;
    vi.spyOn(namedGroups, 'save').mockImplementationOnce(async (group, settings) => {
      await save.call(namedGroups, group, settings);
      return 'refused';
    });

    await refusal(update({ autoScalingGroups: ['blue'] }));

    expect(hookNames('blue')).toEqual(['slipway-launch']);
  });

  it('tells a client to repeat what met another change', async () => {
    await create({ autoScalingGroups: ['blue'] });
    vi.spyOn(api.ports.namedGroups, 'save').mockResolvedValue('refused');

    const refused = await refusal(update({ autoScalingGroups: ['blue', 'green'] }));

    expect(refused.name).toBe('ThrottlingException');
    expect([hookNames('blue'), hookNames('green')]).toEqual([['slipway-launch'], []]);
  });

  it('leaves a group that a template declares to its template', async () => {
    await declareByTemplate('declared');

    const refused = await refusal(update({ currentDeploymentGroupName: 'declared' }));

    expect(refused).toMatchObject({
      name: 'InvalidInputException',
      message: expect.stringContaining(DECLARED_BY.stackId) as string,
    });
  });

  it.each<readonly [string, Changes, string]>([
    ...NAMES,
    ['an application that is not there', { applicationName: 'shop' }, 'ApplicationDoesNotExistException'],
    ['no group', { currentDeploymentGroupName: '' }, 'DeploymentGroupNameRequiredException'],
    ['a group with a space', { currentDeploymentGroupName: 'a b' }, 'InvalidDeploymentGroupNameException'],
    ['a group that is not there', { currentDeploymentGroupName: 'farm' }, 'DeploymentGroupDoesNotExistException'],
    ['a new name with a space', { newDeploymentGroupName: 'a b' }, 'InvalidDeploymentGroupNameException'],
    ...UNFIT.slice(0, 12), // the same checks as at a creation, on what the changes make of the group
  ])('refuses %s, and changes nothing', async (_, changes, name) => {
    await create();
    const before = await get();

    expect((await refusal(update(changes))).name).toBe(name);
    expect(await get()).toEqual(before);
  });
});

describe('DeleteDeploymentGroup', () => {
  it('deletes a group with its hooks, and frees its config', async () => {
    await aConfig('mine');
    await create({ autoScalingGroups: ['blue'], terminationHookEnabled: true, deploymentConfigName: 'mine' });

    const { hooksNotCleanedUp } = await remove();

    expect(hooksNotCleanedUp).toEqual([]);
    expect(hookNames('blue')).toEqual([]);
    expect(await names()).toEqual([]);
    await api.client.send(new DeleteDeploymentConfigCommand({ deploymentConfigName: 'mine' }));
  });

  it('reports hooks that it could not remove', async () => {
    await create({ autoScalingGroups: ['blue'], terminationHookEnabled: true });
    autoScaling.failures.set('DeleteLifecycleHook', autoScalingError('ResourceContention', 'busy'));

    expect((await remove()).hooksNotCleanedUp).toEqual([
      { name: 'blue', hook: 'slipway-launch', terminationHook: 'slipway-termination' },
    ]);
    expect(await names()).toEqual([]);
  });

  it('does not mind an Auto Scaling group that is gone', async () => {
    await create({ autoScalingGroups: ['blue'] });
    autoScaling.groups.delete('blue');

    expect((await remove()).hooksNotCleanedUp).toEqual([]);
  });

  it('succeeds for a group that is not there, and when it is repeated', async () => {
    await create();

    await remove();

    expect(await remove()).toMatchObject({ hooksNotCleanedUp: [] });
    expect(await remove({ applicationName: 'shop' })).toMatchObject({ hooksNotCleanedUp: [] });
  });

  it('leaves a group that a template declares to its template', async () => {
    await declareByTemplate('declared');

    expect((await refusal(remove({ deploymentGroupName: 'declared' }))).name).toBe('InvalidInputException');
    expect(await names()).toEqual(['declared']);
  });

  it.each<readonly [string, object, string]>([
    ...NAMES,
    ['no group', { deploymentGroupName: '' }, 'DeploymentGroupNameRequiredException'],
    ['a group with a space', { deploymentGroupName: 'a b' }, 'InvalidDeploymentGroupNameException'],
  ])('refuses %s', async (_, input, name) => {
    expect((await refusal(remove(input))).name).toBe(name);
  });
});

describe('DeleteApplication', () => {
  it('takes the hooks of its groups with it, as far as they let it', async () => {
    await create({ autoScalingGroups: ['blue'] });
    await create({ deploymentGroupName: 'farm', autoScalingGroups: ['green'] });

    await api.client.send(new DeleteApplicationCommand({ applicationName: 'web' }));

    expect([hookNames('blue'), hookNames('green')]).toEqual([[], []]);
  });
});

describe('a template', () => {
  it('does not take over a group that was made through the API', async () => {
    await create();

    expect(await declareByTemplate('fleet')).toBe('refused');
  });

  it('does not take the name of a group that was renamed to it', async () => {
    await create();
    await update({ newDeploymentGroupName: 'farm' });

    expect(await declareByTemplate('farm')).toBe('refused');
    expect(await get('farm')).toMatchObject({ serviceRoleArn: ROLE });
  });
});
