import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deploymentGroupKey } from '../../adapters/table/keys.ts';
import { executionNameFor, type InPlaceRequest } from '../../core/target-request.ts';
import type { TargetOutcome } from '../../core/target.ts';
import { type Rehearsal, startRehearsal } from '../../rehearsal/index.ts';
import { Assemblies } from '../../stories/assemblies.ts';
import { Executions } from '../../stories/executions.ts';
import { Fleet } from '../../stories/fleet.ts';
import { SteadyRequests } from './steady-requests.ts';
import { until } from './until.ts';

const WEB_FLEET = { applicationName: 'web', deploymentGroupName: 'web-fleet' };

let assemblies: Assemblies;
let rehearsal: Rehearsal;
let fleet: Fleet;

beforeAll(async () => {
  assemblies = await Assemblies.create();
  rehearsal = await startRehearsal({ assembly: await assemblies.withRevision('web-app'), speed: 60 });
  fleet = new Fleet(rehearsal, rehearsal.outputs('SlipwayExampleFleet'));
}, 60_000);
afterAll(async () => {
  await rehearsal.stop();
  await assemblies.remove();
});

const client = () => ({
  endpoint: rehearsal.endpoint,
  region: rehearsal.region,
  credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
});

/** Deploys what the group declares once more, to one host in service. */
async function deployInPlace(instanceId: string): Promise<TargetOutcome> {
  const { TableName, StateMachineArn } = rehearsal.outputs('SlipwayEngine');
  const { Item } = await DynamoDBDocumentClient.from(new DynamoDBClient(client())).send(
    new GetCommand({ TableName, Key: deploymentGroupKey(WEB_FLEET) }),
  );
  const { revision } = Item as Pick<InPlaceRequest, 'revision'>;
  const request: InPlaceRequest = { type: 'in-place', deploymentId: 'd-INPLACE00', instanceId, ...WEB_FLEET, revision };
  await new SFNClient(client()).send(
    new StartExecutionCommand({
      stateMachineArn: StateMachineArn,
      name: executionNameFor(request),
      input: JSON.stringify(request),
    }),
  );
  const executions = new Executions(rehearsal);
  return until('the end of the deployment in place', async () => {
    const execution = (await executions.all()).find(({ name }) => name === executionNameFor(request));
    return execution?.deployment as unknown as TargetOutcome | undefined;
  });
}

function transitionsOf(deploymentId: string): number {
  const { entries } = rehearsal.journal;
  return entries.filter((entry) => entry.kind === 'transition' && entry.executionArn.endsWith(deploymentId)).length;
}

describe('a deployment in place to one of two hosts behind a load balancer', { timeout: 60_000 }, () => {
  it('costs no request of a client that never stops asking', async () => {
    await fleet.until('two hosts in service', async () => (await fleet.inService()).length === 2);
    const requests = new SteadyRequests(`${fleet.loadBalancerUrl}/`);
    await until('answers of both hosts', () => requests.answered > 20);
    const [instanceId = ''] = await fleet.inService();

    const outcome = await deployInPlace(instanceId);
    const { failures, answered } = await requests.stop();

    expect(outcome).toMatchObject({ status: 'Succeeded' });
    expect(outcome.lifecycleEvents).toHaveLength(13);
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(100);
    expect(transitionsOf(outcome.deploymentId)).toBeLessThanOrEqual(25);
  });
});
