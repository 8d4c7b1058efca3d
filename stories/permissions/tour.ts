import {
  CreateApplicationCommand,
  CreateDeploymentCommand,
  CreateDeploymentGroupCommand,
  DeleteDeploymentGroupCommand,
  GetDeploymentCommand,
  GetDeploymentGroupCommand,
  ListDeploymentsCommand,
  StopDeploymentCommand,
  UpdateDeploymentGroupCommand,
  type CodeDeployClient,
} from '@aws-sdk/client-codedeploy';
import { codeDeployClient, GROUP } from '../code-deploy.ts';
import { expectThat } from '../deviation.ts';
import { Fleet } from '../fleet.ts';
import type { Stage } from '../stage.ts';
import { lookAfterHooks } from './look-after-hooks.ts';
import { Operator } from './operator.ts';

const SERVICE_ROLE = 'arn:aws:iam::123456789012:role/any';
const TOUR = { applicationName: 'tour', deploymentGroupName: 'tour' };
const ENDED = ['Succeeded', 'Failed', 'Stopped'];

/** The second follows one minute after the first, the third two minutes later; then the event is a dead letter. */
const THREE_ATTEMPTS_MS = 5 * 60_000;

interface TourStage extends Pick<Stage, 'rehearsal' | 'narrator' | 'executions'> {
  /** With another revision of the example. @default the stack stays as it is */
  readonly nextAssembly?: Promise<string>;
}

/** Lets the engine do once each thing that it does, so that what it may do beside can be told. */
export async function tour({ rehearsal, narrator, executions, nextAssembly }: TourStage): Promise<void> {
  const fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
  const operator = new Operator(rehearsal);
  const codeDeploy = codeDeployClient(rehearsal);
  const engine = rehearsal.outputs('SlipwayEngine');

  narrator.chapter('Callers without TLS, an alarm, and events that nobody can settle');
  const guarded = [...(await operator.resources('AWS::SQS::Queue')), ...(await operator.resources('AWS::SNS::Topic'))];
  for (const place of guarded) {
    expectThat(await operator.isRefusedWithoutTls(place), 'TLS is insisted on', `${place} let a caller in without`);
  }
  await operator.ringAlarm();
  for (const name of await operator.resources('AWS::Lambda::Function', /DeadExecutionFunction|EngineFleetFunction/)) {
    await operator.sendNonsense(name);
  }
  const nonsenseSentAt = rehearsal.clock.now();
  narrator.seen(`${guarded.length} queues and topics refuse callers without TLS`);

  narrator.chapter('Instances launch, and people change and delete deployment groups');
  const topicArn = await operator.makeTopic('tour');
  await changeGroups(codeDeploy, fleet.autoScalingGroupName, {
    topicArn,
    spare: await operator.makeGroupLike(fleet.autoScalingGroupName),
  });
  narrator.seen('A group got hooks and lost them, another tells a topic, a third was deleted');
  const hosts = await fleet.until('an instance in service', async () => {
    const ids = await fleet.inService();
    return ids.length > 0 && ids;
  });
  narrator.seen(`${hosts.join(' and ')} in service`);

  narrator.chapter('A deployment rolls over the fleet, the next one is stopped and rolled back');
  const ends = (deploymentId: string) =>
    fleet.until(`the end of ${deploymentId}`, () => endOf(codeDeploy, deploymentId));
  const rolled = await deploy(codeDeploy, GROUP);
  const status = await ends(rolled);
  expectThat(status === 'Succeeded', 'the deployment succeeds', `it ended ${status}`);
  await codeDeploy.send(new ListDeploymentsCommand({}));
  await codeDeploy.send(new ListDeploymentsCommand(GROUP));
  const stopped = await deploy(codeDeploy, GROUP);
  await fleet.until('a deployment at work', () => executionUnderWay(stopped, executions));
  await codeDeploy.send(new StopDeploymentCommand({ deploymentId: stopped, autoRollbackEnabled: true }));
  await ends(stopped);
  const rollback = await fleet.until('a rollback', () => rollbackOf(codeDeploy, stopped));
  await ends(rollback);
  narrator.seen(`${rolled} succeeded, ${stopped} was stopped, ${rollback} rolled it back`);

  if (nextAssembly !== undefined) {
    narrator.chapter('The stack brings another revision, to hosts that stand by');
    await operator.askForStandby(fleet.autoScalingGroupName);
    await rehearsal.deploy(await nextAssembly);
    narrator.seen('The stack was updated when its hosts had the revision');
  }

  narrator.chapter('Hooks are deleted, found missing and mended, and a host is explained');
  await lookAfterHooks(fleet, operator, { rehearsal, narrator });

  narrator.chapter('Executions are aborted by hand, and what comes of it is settled');
  const abort = (machine: string | undefined, name: RegExp) =>
    fleet.until(`an execution ${name.source} to abort`, () => operator.abortExecution(machine ?? '', name));
  const disturbed = await deploy(codeDeploy, TOUR);
  await abort(engine['StateMachineArn'], new RegExp(disturbed));
  await ends(disturbed);
  const died = await deploy(codeDeploy, TOUR);
  await abort(engine['FleetMachineArn'], new RegExp(died));
  await ends(died);
  const [leaving = ''] = await fleet.inService();
  await fleet.terminate(leaving);
  await abort(engine['StateMachineArn'], new RegExp(`^termination-${leaving}`));
  await fleet.until(`${leaving} to leave`, async () => {
    const instances = await fleet.instances();
    return instances.every(({ InstanceId: id }) => id !== leaving);
  });
  narrator.seen('The deployments and the lifecycle action ended');

  await rehearsal.clock.sleep(nonsenseSentAt + THREE_ATTEMPTS_MS - rehearsal.clock.now());
}

/** Leaves the group `TOUR`, which finds its hosts by a tag and tells a topic of its deployments. */
async function changeGroups(
  codeDeploy: CodeDeployClient,
  autoScalingGroup: string,
  { topicArn, spare }: { topicArn: string; spare: string },
): Promise<void> {
  const { applicationName } = TOUR;
  const [hooked, deleted] = ['hooked', 'deleted'];
  await codeDeploy.send(new CreateApplicationCommand({ applicationName }));
  await codeDeploy.send(
    new CreateDeploymentGroupCommand({
      ...TOUR,
      serviceRoleArn: SERVICE_ROLE,
      ec2TagFilters: [{ Key: 'aws:autoscaling:groupName', Value: autoScalingGroup, Type: 'KEY_AND_VALUE' }],
      alarmConfiguration: { enabled: true, alarms: [{ name: 'tour' }], ignorePollAlarmFailure: true },
      triggerConfigurations: [
        {
          triggerName: 'tour',
          triggerTargetArn: topicArn,
          triggerEvents: ['DeploymentStart', 'InstanceStart', 'InstanceFailure'],
        },
      ],
    }),
  );
  for (const deploymentGroupName of [hooked, deleted]) {
    await codeDeploy.send(
      new CreateDeploymentGroupCommand({ applicationName, deploymentGroupName, serviceRoleArn: SERVICE_ROLE }),
    );
  }
  const change = { applicationName, currentDeploymentGroupName: hooked };
  await codeDeploy.send(new UpdateDeploymentGroupCommand({ ...change, autoScalingGroups: [spare] }));
  await codeDeploy.send(new UpdateDeploymentGroupCommand({ ...change, autoScalingGroups: [] }));
  await codeDeploy.send(new DeleteDeploymentGroupCommand({ applicationName, deploymentGroupName: deleted }));
}

/** The revision that the example's stack declares. */
async function deploy(codeDeploy: CodeDeployClient, group: typeof TOUR): Promise<string> {
  const { deploymentGroupInfo } = await codeDeploy.send(new GetDeploymentGroupCommand(GROUP));
  const revision = deploymentGroupInfo?.targetRevision;
  const { deploymentId = '' } = await codeDeploy.send(new CreateDeploymentCommand({ ...group, revision }));
  return deploymentId;
}

async function endOf(codeDeploy: CodeDeployClient, deploymentId: string): Promise<string | undefined> {
  const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
  return ENDED.find((status) => status === deploymentInfo?.status);
}

async function rollbackOf(codeDeploy: CodeDeployClient, deploymentId: string): Promise<string | undefined> {
  const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
  return deploymentInfo?.rollbackInfo?.rollbackDeploymentId;
}

async function executionUnderWay(deploymentId: string, executions: TourStage['executions']): Promise<boolean> {
  const all = await executions.all();
  return all.some(
    ({ name, status }) => name.includes(deploymentId) && name.startsWith('in-place') && status === 'RUNNING',
  );
}
