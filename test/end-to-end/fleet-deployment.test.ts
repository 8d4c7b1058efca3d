import { UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TableDeploymentList } from '../../adapters/table/deployment-list.ts';
import { TableFleetDeployments } from '../../adapters/table/fleet-deployments.ts';
import { Table } from '../../adapters/table/table.ts';
import { isTerminal } from '../../core/fleet/deployment-status.ts';
import { aFleetDeployment } from '../lambdas/doubles/a-fleet-deployment.ts';
import { Cloud } from './cloud.ts';
import { Fleet } from './fleet.ts';
import { until } from './until.ts';

describe('a deployment across a fleet', { timeout: 60_000 }, () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await Cloud.open({ speed: 80 });
  });
  afterAll(() => cloud.close());

  it('reaches every host that is in service, by the functions and permissions that ship', async () => {
    const fleet = await Fleet.launch(cloud, 'rolling');
    await cloud.autoScaling.send(
      new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: fleet.name, MaxSize: 3, DesiredCapacity: 3 }),
    );
    for (const nth of [0, 1, 2]) await fleet.reaches('InService', await fleet.launched(nth));
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient(cloud.client));
    const table = new Table(documents, cloud.engine('TableName'));
    const deployments = new TableFleetDeployments(table);
    const order = aFleetDeployment({
      minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 50 },
      selection: { autoScalingGroups: [fleet.name], ec2: {}, onPremises: {} },
      suspendProcesses: ['AZRebalance'],
      createdAtMs: cloud.rehearsal.clock.now(),
    });

    await deployments.create(order);
    await cloud.states.send(
      new StartExecutionCommand({
        stateMachineArn: cloud.engine('FleetMachineArn'),
        name: order.deploymentId,
        input: JSON.stringify({ deploymentId: order.deploymentId }),
      }),
    );
    const ended = await until('the end of the deployment', async () => {
      const deployment = await deployments.byId(order.deploymentId);
      return deployment && isTerminal(deployment.status) && deployment;
    });

    expect(ended).toMatchObject({ status: 'Succeeded', overview: { Succeeded: 3, Failed: 0, Skipped: 0 } });
    expect(await new TableDeploymentList(table).ids({ limit: 1 })).toMatchObject({ items: [order.deploymentId] });
  });
});
