import type { Chapter } from '../chapter.ts';
import { deploy, endOf, hostsInService } from '../deployments.ts';
import { makeTellingGroup } from '../telling-group.ts';

export const aborts: Chapter = {
  name: 'aborts',
  title: 'Executions are aborted by hand, and what comes of it is settled',
  async tell(ground) {
    const { fleet, operator, rehearsal, narrator } = ground;
    const { StateMachineArn, FleetMachineArn } = rehearsal.outputs('SlipwayEngine');
    const abort = (machine: string | undefined, name: RegExp) =>
      fleet.until(`an execution ${name.source} to abort`, () => operator.abortExecution(machine ?? '', name));
    const group = await makeTellingGroup(ground, 'aborted');
    await hostsInService(ground);
    ground.mood.eventMs = () => 60_000;
    const disturbed = await deploy(ground, group);
    await abort(StateMachineArn, new RegExp(disturbed));
    await endOf(ground, disturbed);
    const died = await deploy(ground, group);
    await fleet.until('it to be at work', () =>
      operator.isRunning(StateMachineArn ?? '', new RegExp(`^in-place.*${died}`)),
    );
    await abort(FleetMachineArn, new RegExp(died));
    await endOf(ground, died);
    const [leaving = ''] = await fleet.inService();
    await fleet.terminate(leaving);
    await abort(StateMachineArn, new RegExp(`^termination-${leaving}`));
    await fleet.until(`${leaving} to leave`, async () => {
      const instances = await fleet.instances();
      return instances.every(({ InstanceId: id }) => id !== leaving);
    });
    narrator.seen('The deployments and the lifecycle action ended');
  },
};
