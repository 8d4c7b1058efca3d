import {
  AttachLoadBalancerTargetGroupsCommand,
  CreateOrUpdateTagsCommand,
  DescribeAutoScalingGroupsCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CodeDeployClient,
  CreateApplicationCommand,
  CreateDeploymentCommand,
  CreateDeploymentGroupCommand,
  type TriggerConfig,
} from '@aws-sdk/client-codedeploy';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TableDeploymentList } from '../../adapters/table/deployment-list.ts';
import { TableFleetDeployments } from '../../adapters/table/fleet-deployments.ts';
import { Table } from '../../adapters/table/table.ts';
import { isTerminal } from '../../core/fleet/deployment-status.ts';
import { deploymentGroupIdFor } from '../../core/identifiers.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import { handmadeZip } from '../agent/support/bundles.ts';
import { aFleetDeployment } from '../lambdas/doubles/a-fleet-deployment.ts';
import { Cloud } from './cloud.ts';
import { Fleet } from './fleet.ts';
import type { HostRule } from './host-rules.ts';
import { until } from './until.ts';
import { liveAWholeLife } from './whole-life.ts';

let cloud: Cloud;
beforeAll(async () => {
  cloud = await Cloud.open({ speed: 80 });
});
afterAll(() => cloud.close());

describe('a deployment across a fleet', { timeout: 60_000 }, () => {
  it('reaches every host that is in service and tells of it, by the functions and permissions that ship', async () => {
    const fleet = await Fleet.launch(cloud, 'rolling');
    await cloud.autoScaling.send(
      new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: fleet.name, MaxSize: 3, DesiredCapacity: 3 }),
    );
    const tag = { ResourceType: 'auto-scaling-group', ResourceId: fleet.name, PropagateAtLaunch: false };
    await cloud.autoScaling.send(
      new CreateOrUpdateTagsCommand({ Tags: [{ ...tag, Key: 'slipway:suspend', Value: 'AZRebalance' }] }),
    );
    for (const nth of [0, 1, 2]) await fleet.reaches('InService', await fleet.launched(nth));
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient(cloud.client));
    const table = new Table(documents, cloud.engine('TableName'));
    const deployments = new TableFleetDeployments(table);
    const group = { applicationName: 'told', deploymentGroupName: 'told-fleet' };
    const queueUrl = await hear(cloud, group);
    const order = aFleetDeployment({
      ...group,
      group,
      deploymentGroupId: deploymentGroupIdFor(group),
      minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 50 },
      selection: { autoScalingGroups: [fleet.name], ec2: {}, onPremises: {} },
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
    const message = await until('the message of the trigger', async () => (await cloud.receive(queueUrl))[0]);
    expect(JSON.parse(message)).toMatchObject({
      eventTriggerName: 'ops',
      applicationName: 'told',
      deploymentId: order.deploymentId,
      status: 'SUCCEEDED',
      deploymentOverview: '{"Succeeded":3,"Failed":0,"Skipped":0,"InProgress":0,"Pending":0}',
    });
    for (const logGroup of ['/slipway/fleet', '/slipway/orchestrator'])
      expect(await cloud.logLines(logGroup, 'notification')).toEqual([]); // nor has EventBridge refused any
  });

  it('lets hosts stand by where the Auto Scaling group asks for it, which has its sizes again in the end', async () => {
    const secondFails: HostRule = (event, nth) => (event === 'ApplicationStart' && nth === 1 ? 'fail' : 'succeed');
    const fleet = await launchBehindLoadBalancer(cloud, 'standing-by');
    cloud.hostRules.set(fleet.name, secondFails);
    const [first, second] = [await fleet.launched(0), await fleet.launched(1)];
    const deployments = new TableFleetDeployments(
      new Table(DynamoDBDocumentClient.from(new DynamoDBClient(cloud.client)), cloud.engine('TableName')),
    );
    const group = { applicationName: 'standing', deploymentGroupName: 'by' };
    await create(cloud, group);
    const order = aFleetDeployment({
      ...group,
      group,
      deploymentId: 'd-STANDBY01',
      deploymentGroupId: deploymentGroupIdFor(group),
      minimumHealthyHosts: { type: 'HOST_COUNT', value: 0 },
      outdatedInstancesStrategy: 'IGNORE',
      selection: { autoScalingGroups: [fleet.name], ec2: {}, onPremises: {} },
      deploymentOption: 'WITH_TRAFFIC_CONTROL',
      loadBalancerInfo: { targetGroupInfoList: [{ name: (await targetGroupArnOf(cloud)).split('/')[1] ?? '' }] },
      createdAtMs: cloud.rehearsal.clock.now(),
    });

    await deployments.create(order);
    const { deploymentId } = order;
    await cloud.states.send(
      new StartExecutionCommand({
        stateMachineArn: cloud.engine('FleetMachineArn'),
        name: deploymentId,
        input: JSON.stringify({ deploymentId }),
      }),
    );
    await fleet.reaches('InService', await fleet.launched(2));

    const { AutoScalingGroups: [described] = [] } = await cloud.autoScaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [fleet.name] }),
    );
    expect(described).toMatchObject({ MinSize: 2, DesiredCapacity: 2, MaxSize: 3 });
    expect((await deployments.byId(deploymentId))?.overview).toMatchObject({ Succeeded: 1, Failed: 1 });
    await fleet.reaches('Standby', second);
    const course = cloud.rehearsal.journal.entries.flatMap((entry) =>
      entry.kind === 'instance' && entry.instanceId === first ? [entry.lifecycleState] : [],
    );
    // No hook holds the host on its way back.
    expect(course.slice(-4)).toEqual(['EnteringStandby', 'Standby', 'Pending', 'InService']);
  });

  it('is one of a whole life through the public client: made, failed, rolled back, stopped, deleted', () =>
    liveAWholeLife(cloud));
});

describe('a revision with a faulty AppSpec', { timeout: 60_000 }, () => {
  it('is refused before any host hears of it', async () => {
    const fleet = Fleet.ofTheExample(cloud);
    for (const nth of [0, 1]) await fleet.reaches('InService', await fleet.launched(nth));
    const asked: string[] = [];
    cloud.hostRules.set(fleet.name, (event) => {
      asked.push(event);
      return 'succeed';
    });
    const deploy = await deploymentsOf(cloud);

    const refused = await deploy('version: 0.0\nos: linux\nhooks: [start.sh]\n').catch((error: unknown) => error);
    const askedOfTheFaulty = [...asked];
    await deploy('version: 0.0\nos: linux\n');
    await until('a host is asked', () => asked.length > 0);

    expect(refused).toMatchObject({
      name: 'InvalidRevisionException',
      message: expect.stringMatching(/\nappspec\.yml:3:8: .*must be a map.*\n {4}write it as/) as string,
    });
    expect(askedOfTheFaulty).toEqual([]);
  });
});

/** @returns deploys a bundle of one AppSpec to the example's deployment group */
async function deploymentsOf(cloud: Cloud): Promise<(appSpec: string) => Promise<unknown>> {
  const s3 = new S3Client({ ...cloud.client, forcePathStyle: true });
  const codeDeploy = new CodeDeployClient(cloud.client);
  const bucket = 'releases';
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  return async (appSpec) => {
    const Body = handmadeZip([{ name: 'appspec.yml', content: appSpec }]);
    const { ETag } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'web.zip', Body }));
    const s3Location = { bucket, key: 'web.zip', bundleType: 'zip', eTag: ETag } as const;
    const group = { applicationName: 'web', deploymentGroupName: 'web-fleet' };
    return codeDeploy.send(new CreateDeploymentCommand({ ...group, revision: { revisionType: 'S3', s3Location } }));
  };
}

async function targetGroupArnOf(cloud: Cloud): Promise<string> {
  return cloud.resource('SlipwayExampleFleet', /^FrontDoorTargets/);
}

/** A group of two that may not be smaller, with the example's load balancer before it and the tag that asks for Standby. */
async function launchBehindLoadBalancer(cloud: Cloud, name: string): Promise<Fleet> {
  const fleet = await Fleet.launch(cloud, name);
  const AutoScalingGroupName = name;
  const TargetGroupARNs = [await targetGroupArnOf(cloud)];
  await cloud.autoScaling.send(new AttachLoadBalancerTargetGroupsCommand({ AutoScalingGroupName, TargetGroupARNs }));
  await cloud.autoScaling.send(
    new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MinSize: 2, MaxSize: 3, DesiredCapacity: 2 }),
  );
  const tag = { ResourceType: 'auto-scaling-group', ResourceId: name, PropagateAtLaunch: false };
  await cloud.autoScaling.send(
    new CreateOrUpdateTagsCommand({ Tags: [{ ...tag, Key: 'slipway:standby', Value: 'true' }] }),
  );
  for (const nth of [0, 1]) await fleet.reaches('InService', await fleet.launched(nth));
  return fleet;
}

async function create(
  cloud: Cloud,
  { applicationName, deploymentGroupName }: DeploymentGroupName,
  triggerConfigurations: TriggerConfig[] = [],
): Promise<void> {
  const codeDeploy = new CodeDeployClient(cloud.client);
  await codeDeploy.send(new CreateApplicationCommand({ applicationName }));
  await codeDeploy.send(
    new CreateDeploymentGroupCommand({
      applicationName,
      deploymentGroupName,
      serviceRoleArn: 'arn:aws:iam::123456789012:role/any',
      triggerConfigurations,
    }),
  );
}

/** Makes a deployment group whose successes come to a queue. @returns the queue's URL */
async function hear(cloud: Cloud, group: DeploymentGroupName): Promise<string> {
  const sns = new SNSClient(cloud.client);
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'deployments' }));
  await create(cloud, group, [
    { triggerName: 'ops', triggerTargetArn: TopicArn, triggerEvents: ['DeploymentSuccess'] },
  ]);
  // Only now, as a new trigger is tried with a message of its own.
  const { QueueUrl = '' } = await cloud.sqs.send(new CreateQueueCommand({ QueueName: 'deployments' }));
  const { Attributes = {} } = await cloud.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const subscription = { TopicArn, Protocol: 'sqs', Endpoint: Attributes['QueueArn'] };
  await sns.send(new SubscribeCommand({ ...subscription, Attributes: { RawMessageDelivery: 'true' } }));
  return QueueUrl;
}
