import type { DeploymentGroup } from '../../core/deployment-group.ts';
import type { Operation, Ports } from '../operation.ts';
import { findApplication } from '../validation/application.ts';
import { findDeploymentGroup } from '../validation/deployment-group.ts';
import { requireDeploymentGroupName } from '../validation/deployment-group-name.ts';
import { launchesInfo } from './launches-info.ts';

interface GroupInput {
  readonly applicationName: string | undefined;
  readonly deploymentGroupName: string | undefined;
}

/** An operation on the launches of one deployment group, which answers how they stand afterwards. */
function launchesOperation(
  act: (group: DeploymentGroup, ports: Ports) => Promise<object>,
): Operation<GroupInput, object> {
  return {
    input: { applicationName: 'text', deploymentGroupName: 'text' },

    async run(input, ports) {
      const { applicationName, deploymentGroupName } = requireDeploymentGroupName(input);
      const application = await findApplication(applicationName, ports);
      const group = await findDeploymentGroup(application, deploymentGroupName, ports);
      const outcome = await act(group, ports);
      return { ...launchesInfo((await ports.namedGroups.byRecord(group)) ?? group), ...outcome };
    },
  };
}

/**
 * Tells what launching hosts of a deployment group get, which revisions failed, and whether launches are held.
 * @throws as GetDeploymentGroup
 */
export const describeLaunches = launchesOperation(() => Promise.resolve({}));

/**
 * Gives revisions that failed another chance, and resumes launches that the engine holds, unless it holds them for other
 * deployment groups as well, which the answer names. Repeating it is harmless.
 * @throws as GetDeploymentGroup
 */
export const resumeLaunches = launchesOperation(async (group, ports) => ({
  stillHeldFor: await ports.resumeLaunches(group),
}));
