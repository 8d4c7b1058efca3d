import { DeleteDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import type { Chapter } from '../chapter.ts';
import { deploy, endOf, expectEnd, hostsInService } from '../deployments.ts';
import { makeTellingGroup } from '../telling-group.ts';

export const triggers: Chapter = {
  name: 'triggers',
  title: 'A topic is told of deployments, and a group is deleted while one rolls over it',
  async tell(ground) {
    const { codeDeploy, fleet, operator, rehearsal, narrator } = ground;
    const group = await makeTellingGroup(ground, 'told');
    await hostsInService(ground);
    const told = await deploy(ground, group);
    await expectEnd(ground, told, 'Succeeded');
    ground.mood.eventMs = () => 30_000;
    const orphaned = await deploy(ground, group);
    const machine = rehearsal.outputs('SlipwayEngine')['StateMachineArn'] ?? '';
    await fleet.until('it to be at work', () => operator.isRunning(machine, new RegExp(`^in-place.*${orphaned}`)));
    await codeDeploy.send(new DeleteDeploymentGroupCommand(group));
    ground.mood.eventMs = () => 0;
    await endOf(ground, orphaned);
    const fleetMachine = rehearsal.outputs('SlipwayEngine')['FleetMachineArn'] ?? '';
    await fleet.until('it to leave nothing behind', async () => {
      return !(await operator.isRunning(fleetMachine, new RegExp(orphaned)));
    });
    narrator.seen(`${told} was told of, and ${orphaned} ended without its group`);
  },
};
