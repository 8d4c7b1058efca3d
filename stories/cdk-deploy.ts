import { CloudFormationClient, DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { expectThat } from './deviation.ts';
import type { Fleet } from './fleet.ts';
import type { Stage } from './stage.ts';
import { formatDuration } from './timeline/format.ts';

type DeployStage = Pick<Stage, 'rehearsal' | 'assemblies' | 'narrator'> & { readonly fleet: Fleet };

const STACK = 'SlipwayExampleFleet';
const HOSTS = 2;
const [OLD_VERSION, NEW_VERSION] = ['1.0.0', '2.0.0'];

/** Two revisions by `cdk deploy`: one that succeeds, and one whose application does not start. */
export async function cdkDeploy(stage: DeployStage): Promise<void> {
  const { fleet, assemblies, narrator } = stage;
  const good = assemblies.withVersion('web-app', NEW_VERSION);
  void good.catch(() => undefined); // reported to whoever awaits it later

  narrator.chapter('A fleet is launched with the revision that its stack declares');
  await fleet.until(`${HOSTS} instances in service`, async () => (await fleet.inService()).length === HOSTS);
  await expectVersion(OLD_VERSION, stage);

  narrator.chapter('The stack declares another revision');
  await succeeds(await good, stage);
  await expectVersion(NEW_VERSION, stage);

  narrator.chapter('The stack declares a revision whose application does not start');
  await fails(await assemblies.withRevision('broken-start'), stage);
  await expectVersion(NEW_VERSION, stage);
}

async function succeeds(assembly: string, { rehearsal, narrator }: DeployStage): Promise<void> {
  const beganAt = rehearsal.clock.now();
  await rehearsal.deploy(assembly);

  const { status } = await lastEvent(rehearsal);
  expectThat(status === 'UPDATE_COMPLETE', 'the update is complete', `its status is ${status}`);
  const deploymentId = rehearsal.outputs(STACK)['DeploymentId'];
  narrator.seen(`${STACK}: ${status} after ${formatDuration(rehearsal.clock.now() - beganAt)}, by ${deploymentId}`);
}

async function fails(assembly: string, { rehearsal, narrator }: DeployStage): Promise<void> {
  const beganAt = rehearsal.clock.now();
  const failure = await rehearsal.deploy(assembly).then(
    () => undefined,
    (error: Error) => error.message,
  );

  const { status } = await lastEvent(rehearsal);
  expectThat(
    status === 'UPDATE_ROLLBACK_COMPLETE',
    'the update fails and the stack goes back',
    `its status is ${status}`,
  );
  expectThat(
    failure?.includes('scripts/start.sh') === true,
    'the script that failed is named',
    failure ?? 'no failure',
  );
  narrator.seen(`${STACK}: ${status} after ${formatDuration(rehearsal.clock.now() - beganAt)}`);
  narrator.detail(failure ?? '');
}

/** The last of a stack's own events. */
async function lastEvent({ endpoint, region }: DeployStage['rehearsal']): Promise<{ readonly status: string }> {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const client = new CloudFormationClient({ endpoint, region, credentials });
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: STACK }));
  const own = StackEvents.find(({ LogicalResourceId: logicalId }) => logicalId === STACK);
  return { status: own?.ResourceStatus ?? 'unknown' };
}

async function expectVersion(version: string, { fleet, narrator }: DeployStage): Promise<void> {
  await fleet.expectEveryAnswer(version, HOSTS);
  narrator.seen(`Each of the ${HOSTS} hosts answers with version ${version}`);
}
