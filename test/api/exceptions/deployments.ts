import { DeleteDeploymentGroupCommand, StopDeploymentCommand } from '@aws-sdk/client-codedeploy';

import { TableTargets } from '../../../adapters/table/targets.ts';
import { aLaunch, aTarget } from '../../lambdas/doubles/builders.ts';
import { fleets } from './fleets.ts';
import { family } from './life.ts';

const ID = {
  DeploymentIdRequired: { deploymentId: undefined },
  InvalidDeploymentId: { deploymentId: 'd-1' },
} as const;
const DEPLOYMENT = { ...ID, DeploymentDoesNotExist: { deploymentId: 'd-000000000' } } as const;

export const deployments = family(
  [
    'GetDeployment',
    'BatchGetDeployments',
    'ListDeployments',
    'StopDeployment',
    'ContinueDeployment',
    'SkipWaitTimeForInstanceTermination',
    'PutLifecycleEventHookExecutionStatus',
  ],
  async ({ api }) => {
    const { createApplication, createGroup, deploy, begin } = fleets(api);
    await createApplication();
    const deploymentId = await begin('fleet');
    const ofLostGroup = await begin('lost');
    await api.client.send(new DeleteDeploymentGroupCommand({ applicationName: 'web', deploymentGroupName: 'lost' }));
    await createGroup('other');
    const ended = await deploy('other');
    await api.client.send(new StopDeploymentCommand({ deploymentId: ended }));
    const launch = aTarget({ request: aLaunch() });
    await new TableTargets(api.table, () => api.nowMs).open(launch);

    return {
      GetDeployment: { input: { deploymentId }, refusals: DEPLOYMENT },
      BatchGetDeployments: {
        input: { deploymentIds: [deploymentId] },
        refusals: {
          DeploymentIdRequired: { deploymentIds: [] },
          InvalidDeploymentId: { deploymentIds: ['d-1'] },
          BatchLimitExceeded: { deploymentIds: Array.from({ length: 26 }, () => deploymentId) },
        },
      },
      ListDeployments: {
        input: { applicationName: 'web', deploymentGroupName: 'fleet' },
        refusals: {
          ApplicationNameRequired: { applicationName: undefined },
          InvalidApplicationName: { applicationName: 'a b' },
          ApplicationDoesNotExist: { applicationName: 'nowhere' },
          DeploymentGroupNameRequired: { deploymentGroupName: undefined },
          InvalidDeploymentGroupName: { deploymentGroupName: 'a b' },
          DeploymentGroupDoesNotExist: { deploymentGroupName: 'nowhere' },
          InvalidDeploymentStatus: { includeOnlyStatuses: ['Done'] },
          InvalidTimeRange: { createTimeRange: { start: new Date(1000), end: new Date(0) } },
          InvalidExternalId: { externalId: 'a b' },
          InvalidNextToken: { nextToken: 'mine' },
        },
      },
      StopDeployment: {
        input: { deploymentId },
        refusals: {
          ...DEPLOYMENT,
          DeploymentAlreadyCompleted: { deploymentId: ended },
          DeploymentGroupDoesNotExist: { deploymentId: ofLostGroup },
          UnsupportedActionForDeploymentType: { deploymentId: launch.deploymentId },
        },
      },
      ContinueDeployment: {
        input: { deploymentId },
        isNeverAnswered: true,
        refusals: {
          ...DEPLOYMENT,
          InvalidDeploymentWaitType: { deploymentWaitType: 'RAIN' },
          DeploymentAlreadyCompleted: { deploymentId: ended },
          UnsupportedActionForDeploymentType: {},
        },
      },
      SkipWaitTimeForInstanceTermination: {
        input: { deploymentId },
        isNeverAnswered: true,
        refusals: {
          ...DEPLOYMENT,
          DeploymentAlreadyCompleted: { deploymentId: ended },
          UnsupportedActionForDeploymentType: {},
        },
      },
      PutLifecycleEventHookExecutionStatus: {
        input: { deploymentId, lifecycleEventHookExecutionId: 'eyJ', status: 'Succeeded' },
        isNeverAnswered: true,
        refusals: {
          ...DEPLOYMENT,
          InvalidLifecycleEventHookExecutionId: { lifecycleEventHookExecutionId: undefined },
          InvalidLifecycleEventHookExecutionStatus: { status: 'Skipped' },
          UnsupportedActionForDeploymentType: {},
        },
      },
    };
  },
);
