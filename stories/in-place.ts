import { expectThat } from './deviation.ts';
import type { DeploymentRecord } from './executions.ts';
import { InPlaceDeployments } from './in-place-deployments.ts';
import { deployRevision, type FleetStage } from './launch-and-termination.ts';
import { lastLines } from './timeline/render.ts';

/** Deployments to an instance that takes traffic already: one that succeeds, and one that fails. */
export async function inPlace(stage: FleetStage): Promise<void> {
  const { fleet, narrator } = stage;
  narrator.chapter('An instance in service gets another revision in place, and then one that fails');
  const instanceId = await instanceThatAnswers('1.1.0', stage);
  const before = await fleet.askApplication(instanceId);

  await deployRevision(stage, 'web-app');
  const succeeded = await deploy(stage, instanceId, 'd-INPLACE01');
  expectThat(
    succeeded.status === 'Succeeded',
    'the deployment in place succeeds',
    `${succeeded.status}: ${succeeded.reason}`,
  );
  const after = await fleet.askApplication(instanceId);
  expectThat(
    after?.includes('1.0.0') === true,
    'the application answers with the version that was deployed',
    `“${after}”`,
  );
  narrator.seen(`${instanceId}: deployment ${succeeded.deploymentId} succeeded in place`);
  narrator.detail(`asked over HTTP before: “${before}”\nasked over HTTP after: “${after}”`);

  await deployRevision(stage, 'broken-start');
  const failed = await deploy(stage, instanceId, 'd-INPLACE02');
  expectThat(failed.status === 'Failed', 'the deployment in place fails', `it ended ${failed.status}`);
  const diagnostics = failed.lifecycleEvents.find(({ status }) => status === 'Failed')?.diagnostics;
  expectThat(
    diagnostics?.scriptName === 'scripts/start.sh',
    'the script that failed is named',
    `“${diagnostics?.scriptName}” is named`,
  );
  narrator.seen(`${instanceId}: ${failed.reason}`);
  narrator.detail(
    lastLines(diagnostics?.logTail ?? '', 4)
      .map((line) => `│ ${line}`)
      .join('\n'),
  );
  expectThat(
    failed.lifecycleActionResult === null,
    'no lifecycle action is at stake',
    `one ended with ${failed.lifecycleActionResult}`,
  );
}

/** Of the instances in service, one whose application says that it is of this version. */
function instanceThatAnswers(version: string, { fleet }: FleetStage): Promise<string> {
  return fleet.until(`an instance in service that answers with version ${version}`, async () => {
    for (const instanceId of await fleet.inService()) {
      if ((await fleet.askApplication(instanceId))?.includes(version)) return instanceId;
    }
    return undefined;
  });
}

async function deploy(
  { rehearsal, fleet }: FleetStage,
  instanceId: string,
  deploymentId: string,
): Promise<DeploymentRecord> {
  const deployments = new InPlaceDeployments(rehearsal);
  const execution = await deployments.start(instanceId, deploymentId);
  return fleet.until(`the end of ${deploymentId}`, () => deployments.ended(execution));
}
