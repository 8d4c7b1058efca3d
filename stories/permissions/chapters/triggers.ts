import { DeleteDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import type { Chapter } from '../chapter.ts';
import { deploy, endOf, expectEnd, hostsInService } from '../deployments.ts';
import { makeTellingGroup } from '../telling-group.ts';

export const triggers: Chapter = {
  name: 'triggers',
  title: 'A topic is told of deployments, and a group is deleted while one rolls over it',
  async tell(ground) {
    const { codeDeploy, narrator } = ground;
    const group = await makeTellingGroup(ground, 'told');
    await hostsInService(ground);
    const told = await deploy(ground, group);
    await expectEnd(ground, told, 'Succeeded');
    const orphaned = await deploy(ground, group);
    await codeDeploy.send(new DeleteDeploymentGroupCommand(group));
    await endOf(ground, orphaned);
    narrator.seen(`${told} was told of, and ${orphaned} ended without its group`);
  },
};
