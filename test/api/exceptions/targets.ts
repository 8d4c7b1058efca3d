import { fleets, INSTANCE } from './fleets.ts';
import { family } from './life.ts';

const NOT_THERE = 'i-0000000000000002';

export const targets = family(
  [
    'GetDeploymentTarget',
    'BatchGetDeploymentTargets',
    'ListDeploymentTargets',
    'GetDeploymentInstance',
    'BatchGetDeploymentInstances',
    'ListDeploymentInstances',
  ],
  async ({ api }) => {
    const { createApplication, createGroup, deploy, begin } = fleets(api);
    await createApplication();
    const deploymentId = await begin('fleet');
    await createGroup('other');
    const deployment = {
      DeploymentIdRequired: { deploymentId: undefined },
      InvalidDeploymentId: { deploymentId: 'd-1' },
      DeploymentDoesNotExist: { deploymentId: 'd-000000000' },
    };
    const started = { ...deployment, DeploymentNotStarted: { deploymentId: await deploy('other') } };
    return {
      GetDeploymentTarget: {
        input: { deploymentId, targetId: INSTANCE },
        refusals: {
          ...started,
          DeploymentTargetIdRequired: { targetId: undefined },
          InvalidDeploymentTargetId: { targetId: 'web 1' },
          DeploymentTargetDoesNotExist: { targetId: NOT_THERE },
        },
      },
      BatchGetDeploymentTargets: {
        input: { deploymentId, targetIds: [INSTANCE] },
        refusals: {
          ...started,
          DeploymentTargetIdRequired: { targetIds: [] },
          InvalidDeploymentTargetId: { targetIds: ['web 1'] },
          DeploymentTargetDoesNotExist: { targetIds: [INSTANCE, NOT_THERE] },
          DeploymentTargetListSizeExceeded: { targetIds: Array.from({ length: 26 }, () => INSTANCE) },
        },
      },
      ListDeploymentTargets: {
        input: { deploymentId },
        refusals: {
          ...started,
          InvalidTargetFilterName: { targetFilters: { Colour: ['Blue'] } },
          InvalidInstanceStatus: { targetFilters: { TargetStatus: ['Done'] } },
          InvalidInstanceType: { targetFilters: { ServerInstanceLabel: ['Red'] } },
          InvalidDeploymentInstanceType: { targetFilters: { ServerInstanceLabel: ['Blue'] } },
          InvalidNextToken: { nextToken: 'mine' },
        },
      },
      GetDeploymentInstance: {
        input: { deploymentId, instanceId: INSTANCE },
        refusals: {
          ...deployment,
          InstanceIdRequired: { instanceId: undefined },
          InvalidInstanceName: { instanceId: 'web 1' },
          InstanceDoesNotExist: { instanceId: NOT_THERE },
        },
      },
      BatchGetDeploymentInstances: {
        input: { deploymentId, instanceIds: [INSTANCE] },
        refusals: {
          ...deployment,
          InstanceIdRequired: { instanceIds: [] },
          InvalidInstanceName: { instanceIds: ['web 1'] },
          BatchLimitExceeded: { instanceIds: Array.from({ length: 26 }, () => INSTANCE) },
        },
      },
      ListDeploymentInstances: {
        input: { deploymentId },
        refusals: {
          ...started,
          InvalidInstanceStatus: { instanceStatusFilter: ['Done'] },
          InvalidInstanceType: { instanceTypeFilter: ['Red'] },
          InvalidDeploymentInstanceType: { instanceTypeFilter: ['Blue'] },
          InvalidNextToken: { nextToken: 'mine' },
        },
      },
    };
  },
);
