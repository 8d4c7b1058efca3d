import { ListDeploymentsCommand, StopDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { GROUP } from '../../code-deploy.ts';
import type { Chapter } from '../chapter.ts';
import { deploy, endOf, expectEnd, hostsInService, rollbackOf } from '../deployments.ts';

export const rollouts: Chapter = {
  name: 'rollouts',
  title: 'A deployment rolls over the fleet, the next one is stopped and rolled back',
  desiredCapacity: 2,
  async tell(ground) {
    const { codeDeploy, fleet, operator, narrator, rehearsal } = ground;
    await operator.askForSuspension(fleet.autoScalingGroupName, 'AZRebalance');
    await hostsInService(ground, 2);
    const rolled = await deploy(ground);
    await expectEnd(ground, rolled, 'Succeeded');
    await codeDeploy.send(new ListDeploymentsCommand({}));
    await codeDeploy.send(new ListDeploymentsCommand(GROUP));

    ground.mood.eventMs = () => 30_000;
    const stopped = await deploy(ground);
    const machine = rehearsal.outputs('SlipwayEngine')['StateMachineArn'] ?? '';
    await fleet.until('a deployment at work', () => operator.isRunning(machine, new RegExp(`^in-place.*${stopped}`)));
    await codeDeploy.send(new StopDeploymentCommand({ deploymentId: stopped, autoRollbackEnabled: true }));
    ground.mood.eventMs = () => 0;
    await endOf(ground, stopped);
    const rollback = await rollbackOf(ground, stopped);
    await endOf(ground, rollback);
    narrator.seen(`${rolled} succeeded, ${stopped} was stopped, ${rollback} rolled it back`);
  },
};
