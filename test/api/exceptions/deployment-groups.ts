import { CreateApplicationCommand, CreateDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import { vi } from 'vitest';

import { autoScalingError } from '../support/auto-scaling.ts';
import { family } from './life.ts';

const APPLICATION_NAME = {
  ApplicationNameRequired: { applicationName: undefined },
  InvalidApplicationName: { applicationName: 'a b' },
} as const;
const APPLICATION = { ...APPLICATION_NAME, ApplicationDoesNotExist: { applicationName: 'nowhere' } } as const;

const GROUP_NAME = {
  DeploymentGroupNameRequired: { deploymentGroupName: undefined },
  InvalidDeploymentGroupName: { deploymentGroupName: 'a b' },
} as const;

const FILTER = { Type: 'KEY_ONLY', Key: 'stage' } as const;
const many = (count: number) => Array.from({ length: count }, (_each, index) => ({ name: `n${index}` }));
const PAIR = {
  targetGroups: [{ name: 'one' }, { name: 'two' }],
  prodTrafficRoute: { listenerArns: ['arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/x/1/2'] },
};
/** Settings of a group that deploys to ECS. */
const SERVICE = {
  applicationName: 'services',
  deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
  ecsServices: [{ serviceName: 'api', clusterName: 'main' }],
  blueGreenDeploymentConfiguration: {
    deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
    terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE' },
  },
  loadBalancerInfo: { targetGroupPairInfoList: [PAIR] },
  deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
} as const;

/** What a group cannot be told, whether it is new or not. */
const SETTINGS = {
  InvalidRole: { serviceRoleArn: 'CodeDeploy' },
  DeploymentConfigDoesNotExist: { deploymentConfigName: 'nowhere' },
  InvalidDeploymentConfigName: { deploymentConfigName: 'CodeDeployDefault.LambdaAllAtOnce' },
  InvalidEC2Tag: { ec2TagFilters: [{ Type: 'KEY_ONLY', Value: 'test' }] },
  InvalidEC2TagCombination: { ec2TagFilters: [FILTER], ec2TagSet: { ec2TagSetList: [[FILTER]] } },
  TagSetListLimitExceeded: { ec2TagSet: { ec2TagSetList: [[FILTER], [FILTER], [FILTER], [FILTER]] } },
  InvalidTag: { onPremisesInstanceTagFilters: [{ Type: 'KEY_ONLY', Value: 'test' }] },
  InvalidOnPremisesTagCombination: {
    onPremisesInstanceTagFilters: [FILTER],
    onPremisesTagSet: { onPremisesTagSetList: [[FILTER]] },
  },
  InvalidAutoScalingGroup: { autoScalingGroups: ['red'] },
  InvalidDeploymentStyle: { deploymentStyle: { deploymentType: 'CANARY' } },
  InvalidBlueGreenDeploymentConfiguration: { blueGreenDeploymentConfiguration: {} },
  InvalidLoadBalancerInfo: { deploymentStyle: { deploymentOption: 'WITH_TRAFFIC_CONTROL' } },
  InvalidTriggerConfig: { triggerConfigurations: [{}] },
  TriggerTargetsLimitExceeded: {
    triggerConfigurations: many(11).map(({ name }) => ({
      triggerName: name,
      triggerTargetArn: `arn:aws:sns:us-east-1:111122223333:${name}`,
      triggerEvents: ['DeploymentFailure'],
    })),
  },
  InvalidAlarmConfig: { alarmConfiguration: { enabled: true } },
  AlarmsLimitExceeded: { alarmConfiguration: { alarms: many(51) } },
  InvalidAutoRollbackConfig: { autoRollbackConfiguration: { enabled: true } },
  InvalidInput: { outdatedInstancesStrategy: 'HOPE' },
} as const;

/** What a group for ECS cannot be told. */
const SERVICE_SETTINGS = {
  InvalidECSService: { ...SERVICE, ecsServices: [{ serviceName: 'api' }] },
  ECSServiceMappingLimitExceeded: { ...SERVICE, ecsServices: [...SERVICE.ecsServices, ...SERVICE.ecsServices] },
  InvalidTargetGroupPair: { ...SERVICE, loadBalancerInfo: { targetGroupPairInfoList: [PAIR, PAIR] } },
} as const;

export const deploymentGroups = family(
  [
    'CreateDeploymentGroup',
    'UpdateDeploymentGroup',
    'GetDeploymentGroup',
    'BatchGetDeploymentGroups',
    'ListDeploymentGroups',
    'DeleteDeploymentGroup',
  ],
  async ({ api, autoScaling }) => {
    const group = { applicationName: 'web', deploymentGroupName: 'fleet' };
    const serviceRoleArn = 'arn:aws:iam::111122223333:role/Deploy';
    const create = (input: object) =>
      api.client.send(new CreateDeploymentGroupCommand({ ...group, serviceRoleArn, ...input }));
    await api.client.send(new CreateApplicationCommand({ applicationName: 'web' }));
    await api.client.send(new CreateApplicationCommand({ applicationName: 'services', computePlatform: 'ECS' }));
    await create({});
    await create({ deploymentGroupName: 'other' });
    await create({ ...SERVICE, deploymentGroupName: 'other' });

    const fillHooks = () => {
      autoScaling.failures.set('PutLifecycleHook', autoScalingError('LimitExceeded', 'Lifecycle hook limit exceeded'));
      return Promise.resolve({ autoScalingGroups: ['blue'] });
    };
    const fill = () => {
      const items = Array.from({ length: 1000 }, (_each, index) => `group-${index}`);
      vi.spyOn(api.ports.namedGroups, 'names').mockResolvedValue({ items, last: undefined });
      return Promise.resolve({ deploymentGroupName: 'one-more' });
    };
    const loseRace = () => {
      vi.spyOn(api.ports.namedGroups, 'save').mockResolvedValue('refused');
      return Promise.resolve({});
    };
    const anotherName = <Input extends object>(changes: Input) => ({ deploymentGroupName: 'another', ...changes });
    const ofOther = <Input extends object>(changes: Input) => ({ currentDeploymentGroupName: 'other', ...changes });
    const all = <Input extends object, Result>(map: Readonly<Record<string, Input>>, as: (input: Input) => Result) =>
      Object.fromEntries(Object.entries(map).map(([name, input]) => [name, as(input)]));

    return {
      CreateDeploymentGroup: {
        input: { ...group, deploymentGroupName: 'new', serviceRoleArn },
        refusals: {
          ...APPLICATION,
          ...GROUP_NAME,
          DeploymentGroupAlreadyExists: {},
          RoleRequired: { serviceRoleArn: undefined },
          ...all<object, object>({ ...SETTINGS, ...SERVICE_SETTINGS }, anotherName),
          InvalidTagsToAdd: anotherName({ tags: [{ Key: 'aws:stage', Value: 'test' }] }),
          LifecycleHookLimitExceeded: async () => anotherName(await fillHooks()),
          DeploymentGroupLimitExceeded: fill,
        },
      },
      UpdateDeploymentGroup: {
        input: { applicationName: 'web', currentDeploymentGroupName: 'fleet' },
        refusals: {
          ...APPLICATION,
          DeploymentGroupNameRequired: { currentDeploymentGroupName: undefined },
          InvalidDeploymentGroupName: { currentDeploymentGroupName: 'a b' },
          DeploymentGroupDoesNotExist: { currentDeploymentGroupName: 'nowhere' },
          DeploymentGroupAlreadyExists: { newDeploymentGroupName: 'other' },
          ...SETTINGS,
          ...all<object, object>(SERVICE_SETTINGS, ofOther),
          LifecycleHookLimitExceeded: fillHooks,
          Throttling: loseRace,
        },
      },
      GetDeploymentGroup: {
        input: group,
        refusals: {
          ...APPLICATION,
          ...GROUP_NAME,
          DeploymentGroupDoesNotExist: { deploymentGroupName: 'nowhere' },
        },
      },
      BatchGetDeploymentGroups: {
        input: { applicationName: 'web', deploymentGroupNames: ['fleet', 'other'] },
        refusals: {
          ...APPLICATION,
          DeploymentGroupNameRequired: { deploymentGroupNames: [] },
          InvalidDeploymentGroupName: { deploymentGroupNames: ['a b'] },
          BatchLimitExceeded: { deploymentGroupNames: Array.from({ length: 101 }, () => 'fleet') },
        },
      },
      ListDeploymentGroups: {
        input: { applicationName: 'web' },
        refusals: { ...APPLICATION, InvalidNextToken: { nextToken: 'mine' } },
      },
      DeleteDeploymentGroup: { input: group, refusals: { ...APPLICATION_NAME, ...GROUP_NAME } },
    };
  },
);
