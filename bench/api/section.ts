import {
  GetDeploymentCommand,
  GetDeploymentGroupCommand,
  ListDeploymentTargetsCommand,
} from '@aws-sdk/client-codedeploy';
import type { Rehearsal } from '../../rehearsal/index.ts';
import type { Assemblies } from '../../stories/assemblies.ts';
import { codeDeployClient, GROUP } from '../../stories/code-deploy.ts';
import { FleetDeployments } from '../fleet/fleet-deployments.ts';
import { onScenario } from '../scenario.ts';
import { spread } from '../statistics.ts';
import { liveOnce, type Surroundings } from './life.ts';
import { noteLatencies } from './note-latencies.ts';

/** Clients that ask at the same time while requests per second are counted. */
const CLIENTS = 16;

/** Measures the API on a rehearsal, whose processor the client shares. @returns lines for a person */
export async function measureApi(assemblies: Assemblies, isShort: boolean): Promise<string[]> {
  return onScenario(assemblies, { speed: 1, simulation: { longestPollPauseMs: 1000 } }, async (scenario) => {
    const { rehearsal, untilInService } = scenario;
    await untilInService(2);
    const around = await surroundings(rehearsal);
    // The first life meets functions that have yet to start.
    const codeDeploy = codeDeployClient(rehearsal);
    await liveOnce(codeDeploy, 'life-0', around);
    const latencies = noteLatencies(codeDeploy);
    for (let life = 1; life <= (isShort ? 5 : 100); life++) await liveOnce(codeDeploy, `life-${life}`, around);
    const perSecond = await requestsPerSecond(rehearsal, around.deploymentId, isShort ? 1000 : 10_000);
    return [
      ...[...latencies].map(([operation, each]) => `  ${operation.padEnd(30)} ${spread(each)}`),
      `  ${perSecond.toFixed(0)} requests per second (GetDeployment, ${CLIENTS} clients in the rehearsal's own process)`,
    ];
  });
}

/** A deployment to look at. */
async function surroundings(rehearsal: Rehearsal): Promise<Surroundings> {
  const { accountId, region } = rehearsal;
  const client = codeDeployClient(rehearsal);
  const { deploymentGroupInfo } = await client.send(new GetDeploymentGroupCommand(GROUP));
  const revision = deploymentGroupInfo?.targetRevision;
  if (!revision) throw new Error('The deployment group web-fleet has no target revision');
  const { deploymentId } = await new FleetDeployments(rehearsal).roll('CodeDeployDefault.AllAtOnce', 'left-alone');
  const { targetIds: [targetId = ''] = [] } = await client.send(new ListDeploymentTargetsCommand({ deploymentId }));
  return { accountId, region, revision, deploymentId, targetId };
}

async function requestsPerSecond(rehearsal: Rehearsal, deploymentId: string, durationMs: number): Promise<number> {
  const client = codeDeployClient(rehearsal);
  const askOnce = () => client.send(new GetDeploymentCommand({ deploymentId }));
  const allAsk = (ask: () => Promise<unknown>) => Promise.all(Array.from({ length: CLIENTS }, ask));
  await allAsk(askOnce); // as many functions have to start first
  const from = performance.now();
  let answered = 0;
  await allAsk(async () => {
    for (; performance.now() - from < durationMs; answered += 1) await askOnce();
  });
  return answered / ((performance.now() - from) / 1000);
}
