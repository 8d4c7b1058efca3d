import { functionAppSpec } from '../support/app-specs.ts';
import { bundle, fleets } from './fleets.ts';
import { family, type World } from './life.ts';

const onGitHub = { revisionType: 'GitHub', gitHubLocation: { repository: 'acme/web', commitId: 'main' } };
const ofFunctions = {
  applicationName: 'functions',
  deploymentGroupName: 'all',
  revision: { revisionType: 'AppSpecContent', appSpecContent: { content: functionAppSpec() } },
};
const STYLE = { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' };

/** Buckets without `gone.zip`, and a GitHub that does not take the token of `acme`. */
function losing(api: World['api']): void {
  const { revisionBundles } = api.ports;
  api.ports = {
    ...api.ports,
    revisionBundles: {
      readAppSpec: async (revision, known) => {
        if (revision.RevisionType === 'GitHub') return { kind: 'token-refused', reason: '401 Unauthorized' };
        if (revision.S3Location.Key === 'gone.zip') return { kind: 'gone', reason: 'NoSuchKey' };
        return revisionBundles.readAppSpec(revision, known);
      },
    },
  };
}

export const newDeployments = family(['CreateDeployment'], async ({ api }) => {
  const { createApplication, createGroup } = fleets(api);
  losing(api);
  await createApplication();
  for (const name of ['fleet', 'another']) await createGroup(name);
  await createGroup('blue-green', {
    deploymentStyle: STYLE,
    loadBalancerInfo: { targetGroupInfoList: [{ name: 'web' }] },
    blueGreenDeploymentConfiguration: {
      deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
      terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE' },
    },
  });
  await createApplication('Lambda', 'functions');
  await createGroup('all', { applicationName: 'functions', deploymentStyle: STYLE });
  const green = { deploymentGroupName: 'blue-green' };
  return {
    CreateDeployment: {
      input: { applicationName: 'web', deploymentGroupName: 'fleet', revision: bundle('web.zip') },
      refusals: {
        DeploymentLimitExceeded: {},
        ApplicationNameRequired: { applicationName: undefined },
        InvalidApplicationName: { applicationName: 'a b' },
        ApplicationDoesNotExist: { applicationName: 'nowhere' },
        DeploymentGroupNameRequired: { deploymentGroupName: undefined },
        InvalidDeploymentGroupName: { deploymentGroupName: 'a b' },
        DeploymentGroupDoesNotExist: { deploymentGroupName: 'nowhere' },
        RevisionRequired: { revision: undefined },
        InvalidRevision: { revision: { revisionType: 'S3' } },
        RevisionDoesNotExist: { revision: bundle('gone.zip') },
        InvalidGitHubAccountToken: { revision: onGitHub },
        DeploymentConfigDoesNotExist: { deploymentConfigName: 'nowhere' },
        InvalidDeploymentConfigName: { deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce' },
        DescriptionTooLong: { description: 'a'.repeat(257) },
        InvalidFileExistsBehavior: { fileExistsBehavior: 'ASK' },
        InvalidTargetInstances: { targetInstances: { autoScalingGroups: ['green'] } },
        InvalidAutoScalingGroup: { ...green, targetInstances: { autoScalingGroups: ['green', 'green'] } },
        InvalidAlarmConfig: { overrideAlarmConfiguration: { enabled: true } },
        AlarmsLimitExceeded: {
          overrideAlarmConfiguration: { alarms: Array.from({ length: 51 }, (_, index) => ({ name: `a${index}` })) },
        },
        InvalidAutoRollbackConfig: { autoRollbackConfiguration: { enabled: true } },
        InvalidIgnoreApplicationStopFailuresValue: { ...ofFunctions, ignoreApplicationStopFailures: true },
        InvalidUpdateOutdatedInstancesOnlyValue: { ...ofFunctions, updateOutdatedInstancesOnly: true },
        InvalidComputePlatform: { ...ofFunctions, deploymentMode: 'RESTART' },
        InvalidInput: { deploymentMode: 'RESTART' },
      },
    },
  };
});
