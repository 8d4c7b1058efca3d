import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
  DescribePoliciesCommand,
} from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../../rehearsal/endpoint/endpoint.ts';
import { ec2Service, queryService } from '../../../rehearsal/endpoint/protocols/query.ts';
import { jsonService } from '../../../rehearsal/endpoint/protocols/json.ts';
import { AwsError } from '../../../rehearsal/endpoint/service.ts';
import { createSessions } from '../../../rehearsal/identity/sessions.ts';
import { startTestGround, type TestGround } from '../ground.ts';

const received: Record<string, unknown>[] = [];

const autoScaling = queryService({
  signingNames: ['autoscaling'],
  version: '2011-01-01',
  namespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
  operations: {
    async DescribeAutoScalingGroups(input) {
      received.push(input);
      return { AutoScalingGroups: [{ AutoScalingGroupName: 'web <1>', CreatedTime: new Date(0), Instances: [] }] };
    },
    async DescribeLifecycleHooks() {
      throw new AwsError('ValidationError', 'No such group & no hooks');
    },
  },
});
const ec2 = ec2Service({
  signingNames: ['ec2'],
  version: '2016-11-15',
  namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  operations: {
    async DescribeInstances(input) {
      received.push(input);
      return { reservationSet: [{ instancesSet: [{ instanceId: 'i-1', launchTime: new Date(0) }] }] };
    },
  },
});
const states = jsonService({
  signingNames: ['states'],
  targetPrefix: 'AWSStepFunctions',
  version: '1.0',
  operations: {
    async ListStateMachines() {
      return {
        stateMachines: [{ stateMachineArn: 'arn', name: 'one', type: 'STANDARD', creationDate: new Date(5_000) }],
      };
    },
    async DescribeStateMachine() {
      throw new TypeError('a slip of ours');
    },
  },
});

describe('the endpoint', () => {
  let test: TestGround;

  beforeAll(async () => {
    test = await startTestGround(() => [
      { services: [autoScaling, ec2, states], resourceTypes: {}, close: () => Promise.resolve() },
    ]);
  });
  afterAll(() => test.close());

  it('decodes lists and renders structures in the Query protocol', async () => {
    const client = new AutoScalingClient(test.client);

    const { AutoScalingGroups } = await client.send(
      new DescribeAutoScalingGroupsCommand({
        AutoScalingGroupNames: ['web <1>'],
        Filters: [{ Name: 'tag:a', Values: ['b', 'c'] }],
      }),
    );

    expect(received.at(-1)).toEqual({
      AutoScalingGroupNames: ['web <1>'],
      Filters: [{ Name: 'tag:a', Values: ['b', 'c'] }],
    });
    expect(AutoScalingGroups?.[0]).toMatchObject({ AutoScalingGroupName: 'web <1>', CreatedTime: new Date(0) });
  });

  it('speaks EC2’s variant of it', async () => {
    const client = new EC2Client(test.client);

    const { Reservations } = await client.send(
      new DescribeInstancesCommand({ InstanceIds: ['i-1'], Filters: [{ Name: 'vpc-id', Values: ['vpc-1'] }] }),
    );

    expect(received.at(-1)).toEqual({ InstanceId: ['i-1'], Filter: [{ Name: 'vpc-id', Value: ['vpc-1'] }] });
    expect(Reservations?.[0]?.Instances?.[0]).toMatchObject({ InstanceId: 'i-1', LaunchTime: new Date(0) });
  });

  it('writes dates as epoch seconds in the JSON protocol', async () => {
    const client = new SFNClient(test.client);

    const { stateMachines } = await client.send(new ListStateMachinesCommand({}));

    expect(stateMachines?.[0]?.creationDate).toEqual(new Date(5_000));
  });

  it('hands modelled errors to the client and their code to the journal', async () => {
    const client = new AutoScalingClient(test.as('arn:aws:iam::123456789012:role/path/heartbeat', 'i-1'));

    const call = client.send(new DescribeLifecycleHooksCommand({ AutoScalingGroupName: 'web' }));

    await expect(call).rejects.toMatchObject({ name: 'ValidationError', message: 'No such group & no hooks' });
    expect(test.ground.journal.entries.at(-1)).toMatchObject({
      kind: 'call',
      service: 'autoscaling',
      operation: 'DescribeLifecycleHooks',
      error: 'ValidationError',
      caller: 'arn:aws:sts::123456789012:assumed-role/heartbeat/i-1',
    });
  });

  it('answers a slip of its own without details and warns the person in front', async () => {
    const client = new SFNClient(test.client);

    const call = client.send(new DescribeStateMachineCommand({ stateMachineArn: 'arn' }));

    await expect(call).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
    const warnings = test.ground.journal.entries.filter(({ kind }) => kind === 'warning');
    expect(JSON.stringify(warnings)).toContain('a slip of ours');
  });

  it('knows only the operations it was given, and only in their API version', async () => {
    const client = new AutoScalingClient(test.client);

    const unknown = client.send(new DescribePoliciesCommand({}));
    const otherVersion = signedFetch(test, 'autoscaling', 'Action=DescribeAutoScalingGroups&Version=2009-05-15');

    await expect(unknown).rejects.toMatchObject({ name: 'InvalidAction', $metadata: { httpStatusCode: 400 } });
    expect(await otherVersion).toContain('<Code>InvalidAction</Code>');
  });

  it('answers for services nobody serves in the protocol of the request', async () => {
    const lambda = () => new LambdaClient(test.client).send(new ListFunctionsCommand({}));
    const cloudWatch = () => new CloudWatchClient(test.client).send(new ListMetricsCommand({}));

    await expect(lambda()).rejects.toMatchObject({ name: 'UnknownOperationException' });
    await expect(cloudWatch()).rejects.toMatchObject({ name: expect.stringMatching(/InvalidAction|UnknownOperation/) });
  });

  it('refuses unsigned requests', async () => {
    const response = await fetch(test.endpoint.url());

    expect(response.status).toBe(403);
  });

  it('leads paths under a prefix past the signatures', async () => {
    test.endpoint.route('/_/hello/', ({ path, body }) =>
      Promise.resolve({ status: 201, body: `${path} ${body.toString()}` }),
    );

    const response = await fetch(`${test.endpoint.url()}/_/hello/you`, { method: 'PUT', body: 'there' });

    expect([response.status, await response.text()]).toEqual([201, '/_/hello/you there']);
  });

  it('names the remedy when its port is taken', async () => {
    const port = Number(new URL(test.endpoint.url()).port);

    const { clock, journal, permissions, throttles } = test.ground;
    const sessions = createSessions({ accountId: '1', now: Date.now });
    const second = createEndpoint({ clock, journal, permissions, sessions, throttles });

    await expect(second.listen(port)).rejects.toThrow(
      `Port ${port} is taken: stop what listens there, or choose another`,
    );
  });
});

/** A Query request as an older client would send it; only the scope of its signature counts here. */
async function signedFetch(test: TestGround, service: string, form: string): Promise<string> {
  const response = await fetch(test.endpoint.url(), {
    method: 'POST',
    body: form,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
    },
  });
  return response.text();
}
