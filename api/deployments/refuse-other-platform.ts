import { checkBundle } from '../application-revisions/check-bundle.ts';
import { checkConfigFor } from '../deployment-groups/use-config.ts';
import { InvalidDeploymentInput, NotBuilt } from '../errors/deployment-errors.ts';
import type { Application } from '../../core/application.ts';
import type { Ports } from '../operation.ts';
import type { IdentifiedGroup } from '../validation/deployment-group.ts';
import { checkDescription } from '../validation/description.ts';
import { checkAlarms } from '../validation/group-settings/alarms.ts';
import { checkAutoRollback } from '../validation/group-settings/auto-rollback.ts';
import { checkRevision } from '../validation/revision.ts';
import { checkTargetInstances } from '../validation/target-instances.ts';
import type { DeploymentInput } from './order-of.ts';

/**
 * Refuses a deployment to Lambda or ECS: for the first fault in what is asked, with CodeDeploy's exception for it; else for
 * being one that nothing here runs yet.
 * @throws DescriptionTooLong, InvalidRevision, DeploymentConfigDoesNotExist, InvalidSetting, InvalidDeploymentInput,
 *   BundleDoesNotExist, NotBuilt, one of them always
 */
export async function refuseOtherPlatform(
  input: DeploymentInput,
  application: Application,
  { settings }: IdentifiedGroup,
  ports: Pick<Ports, 'applicationRevisions' | 'deploymentConfigs' | 'revisionBundles'>,
): Promise<never> {
  const { computePlatform } = application;
  checkDescription(input.description);
  const revision = checkRevision(input.revision, computePlatform);
  await checkConfigFor(computePlatform, input.deploymentConfigName || settings?.deploymentConfigName, ports);
  refuseWhatIsForServers(input, computePlatform);
  checkTargetInstances(input.targetInstances, undefined);
  if (input.overrideAlarmConfiguration) checkAlarms(input.overrideAlarmConfiguration);
  if (input.autoRollbackConfiguration) checkAutoRollback(input.autoRollbackConfiguration);
  await checkBundle(application, revision, ports);
  throw new NotBuilt(`deployments to ${computePlatform}`);
}

function refuseWhatIsForServers(input: DeploymentInput, platform: string): void {
  const refuse = (code: InvalidDeploymentInput['code'], member: string): never => {
    throw new InvalidDeploymentInput(code, `${member} is for servers and cannot be given on ${platform}: leave it out`);
  };
  if (input.fileExistsBehavior !== undefined) refuse('InvalidFileExistsBehaviorException', 'fileExistsBehavior');
  if (input.ignoreApplicationStopFailures) {
    refuse('InvalidIgnoreApplicationStopFailuresValueException', 'ignoreApplicationStopFailures');
  }
  if (input.updateOutdatedInstancesOnly) {
    refuse('InvalidUpdateOutdatedInstancesOnlyValueException', 'updateOutdatedInstancesOnly');
  }
}
