import { ScalingActivityInProgressFault } from '@aws-sdk/client-auto-scaling';
import { StopDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { GROUP } from '../../code-deploy.ts';
import type { Fleet } from '../../fleet.ts';
import type { Chapter } from '../chapter.ts';
import { deploy, endOf, hostsInService } from '../deployments.ts';
import { makeTellingGroup } from '../telling-group.ts';

export const aborts: Chapter = {
  name: 'aborts',
  title: 'Executions are aborted by hand, and what comes of it is settled',
  desiredCapacity: 2,
  async tell(ground) {
    const { codeDeploy, fleet, operator, rehearsal, narrator } = ground;
    const { StateMachineArn: machine = '', FleetMachineArn: fleetMachine = '' } = rehearsal.outputs('SlipwayEngine');
    const abort = (stateMachineArn: string, name: RegExp) =>
      fleet.until(`an execution ${name.source} to abort`, () => operator.abortExecution(stateMachineArn, name));
    const atWork = (deploymentId: string) =>
      fleet.until(`${deploymentId} to be at work`, () =>
        operator.isRunning(machine, new RegExp(`^in-place.*${deploymentId}`)),
      );
    const group = await makeTellingGroup(ground, 'aborted');
    await hostsInService(ground, 2);

    ground.mood.eventMs = () => 60_000;
    const stopped = await deploy(ground, group);
    await atWork(stopped);
    await codeDeploy.send(new StopDeploymentCommand({ deploymentId: stopped }));
    await abort(machine, new RegExp(`^in-place.*${stopped}`));
    await endOf(ground, stopped);
    const died = await deploy(ground, group);
    await atWork(died);
    await abort(fleetMachine, new RegExp(died));
    await endOf(ground, died);

    const leaving = await fleet.until('an instance that may leave', () => terminateOne(fleet));
    await abort(machine, new RegExp(`^termination-${leaving}`));
    await fleet.until(`${leaving} to leave`, async () => {
      const instances = await fleet.instances();
      return instances.every(({ InstanceId: id }) => id !== leaving);
    });
    const [deadExecution = ''] = await operator.resources('AWS::Lambda::Function', /DeadExecutionFunction/);
    const unopened = { type: 'in-place', ...GROUP, deploymentId: 'd-UNOPENED0', instanceId: leaving };
    await operator.invoke(deadExecution, { detail: { status: 'ABORTED', input: JSON.stringify(unopened) } });
    narrator.seen('The deployments and the lifecycle action ended, and so did what had never begun');
  },
};

/** @returns which instance leaves; undefined while none may */
async function terminateOne(fleet: Fleet): Promise<string | undefined> {
  const [instanceId] = await fleet.inService();
  if (instanceId === undefined) return undefined;
  try {
    await fleet.terminate(instanceId);
    return instanceId;
  } catch (error) {
    if (error instanceof ScalingActivityInProgressFault) return undefined; // Auto Scaling does one thing at a time
    throw error;
  }
}
