import {
  CreateApplicationCommand,
  CreateDeploymentGroupCommand,
  DeleteDeploymentGroupCommand,
  UpdateDeploymentGroupCommand,
} from '@aws-sdk/client-codedeploy';
import type { Chapter } from '../chapter.ts';
import { SERVICE_ROLE } from '../telling-group.ts';

const applicationName = 'changing';

export const groupChanges: Chapter = {
  name: 'group-changes',
  title: 'People make, change and delete deployment groups',
  desiredCapacity: 0,
  async tell({ codeDeploy, fleet, operator, narrator }) {
    const [hooked, deleted] = ['hooked', 'deleted'];
    const spare = await operator.makeGroupLike(fleet.autoScalingGroupName);
    await codeDeploy.send(new CreateApplicationCommand({ applicationName }));
    for (const deploymentGroupName of [hooked, deleted]) {
      await codeDeploy.send(
        new CreateDeploymentGroupCommand({ applicationName, deploymentGroupName, serviceRoleArn: SERVICE_ROLE }),
      );
    }
    const change = { applicationName, currentDeploymentGroupName: hooked };
    await codeDeploy.send(new UpdateDeploymentGroupCommand({ ...change, autoScalingGroups: [spare] }));
    await codeDeploy.send(new UpdateDeploymentGroupCommand({ ...change, autoScalingGroups: [] }));
    await codeDeploy.send(new DeleteDeploymentGroupCommand({ applicationName, deploymentGroupName: deleted }));
    narrator.seen('A group got hooks and lost them, another was deleted');
  },
};
