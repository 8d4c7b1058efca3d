import type { Chapter } from '../chapter.ts';
import { deploy, endOf, hostsInService } from '../deployments.ts';

export const bornMeanwhile: Chapter = {
  name: 'born-meanwhile',
  title: 'An instance launches while a deployment to all hosts at once is under way',
  async tell(ground) {
    const { fleet, operator, rehearsal, mood, narrator } = ground;
    await hostsInService(ground);
    mood.eventMs = () => 120_000;
    const deploymentId = await deploy(ground, { deploymentConfigName: 'CodeDeployDefault.AllAtOnce' });
    const machine = rehearsal.outputs('SlipwayEngine')['StateMachineArn'] ?? '';
    await fleet.until('it to be at work', () => operator.isRunning(machine, new RegExp(`^in-place.*${deploymentId}`)));
    await fleet.setDesiredCapacity(2);
    await endOf(ground, deploymentId);
    mood.eventMs = () => 0;
    await hostsInService(ground, 2);
    narrator.seen(`An instance launched while ${deploymentId} was under way`);
  },
};
