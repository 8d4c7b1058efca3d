import { GetDeploymentCommand } from '@aws-sdk/client-codedeploy';
import type { Chapter } from '../chapter.ts';
import { deploy, endOf, hostsInService } from '../deployments.ts';
import { makeTellingGroup } from '../telling-group.ts';

export const deadAgent: Chapter = {
  name: 'dead-agent',
  title: 'An alarm ends a deployment whose host never asks for its work',
  async tell(ground) {
    const { codeDeploy, fleet, operator, rehearsal, mood, narrator } = ground;
    const machine = rehearsal.outputs('SlipwayEngine')['StateMachineArn'] ?? '';
    const atWork = (deploymentId: string) =>
      fleet.until(`${deploymentId} to be at work`, () =>
        operator.isRunning(machine, new RegExp(`^in-place.*${deploymentId}`)),
      );
    const group = await makeTellingGroup(ground, 'silent', await operator.anyAlarm());
    await hostsInService(ground);

    mood.isMortal = true;
    const fatal = await deploy(ground, group);
    await atWork(fatal);
    await rehearsal.clock.sleep(3 * 60_000); // by then the agent has taken the command, and died of it
    await operator.abortExecution(machine, new RegExp(`^in-place.*${fatal}`));
    await endOf(ground, fatal);
    const waiting = await deploy(ground, group);
    await atWork(waiting);
    await rehearsal.clock.sleep(60_000);
    await fleet.until('the alarm to end it', async () => {
      await operator.ringAlarm();
      const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId: waiting }));
      return deploymentInfo?.status === 'Stopped' || deploymentInfo?.status === 'Failed';
    });
    narrator.seen(`${waiting} ended, though its host had never asked for anything`);
  },
};
