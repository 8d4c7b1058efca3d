import { AutoScalingClient, DescribeAccountLimitsCommand } from '@aws-sdk/client-auto-scaling';
import { DescribeInstancesCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ec2Service, queryService } from '../../../rehearsal/endpoint/protocols/query.ts';
import { jsonService } from '../../../rehearsal/endpoint/protocols/json.ts';
import { createThrottles } from '../../../rehearsal/throttles/throttles.ts';
import { createClock } from '../../../rehearsal/clock.ts';
import { startTestGround, type TestGround } from '../ground.ts';

const ONCE = { bucket: 1, refillPerSecond: 0 };
const answer = () => Promise.resolve({});
const SERVICE_LINKED =
  'arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';

let test: TestGround;

beforeAll(async () => {
  const query = { version: '2011-01-01', namespace: 'http://example.com/' };
  const services = [
    queryService({ ...query, signingNames: ['autoscaling'], operations: { DescribeAccountLimits: answer } }),
    ec2Service({
      ...query,
      version: '2016-11-15',
      signingNames: ['ec2'],
      operations: { DescribeInstances: answer, DescribeVpcs: answer },
    }),
    queryService({
      ...query,
      version: '2015-12-01',
      signingNames: ['elasticloadbalancing'],
      operations: { RegisterTargets: answer, DescribeTargetHealth: answer },
    }),
    jsonService({
      signingNames: ['states'],
      targetPrefix: 'AWSStepFunctions',
      version: '1.0',
      operations: { ListExecutions: answer },
    }),
  ];
  test = await startTestGround(() => [{ services, resourceTypes: {}, close: () => Promise.resolve() }], {
    throttles: { AutoScaling: ONCE, Ec2Describe: ONCE, LoadBalancingTargets: ONCE, ListExecutions: ONCE },
  });
});

afterAll(() => test.close());

/** What became of calls, one after the other. */
async function inTurn(...calls: (() => Promise<unknown>)[]): Promise<string[]> {
  const names: string[] = [];
  for (const call of calls)
    names.push(
      await call().then(
        () => 'answered',
        (error: Error) => error.name,
      ),
    );
  return names;
}

describe('calls that come too often are refused as the service refuses them', () => {
  it('Auto Scaling: one bucket for all its operations', async () => {
    const autoScaling = new AutoScalingClient(test.client);
    const call = () => autoScaling.send(new DescribeAccountLimitsCommand({}));

    expect(await inTurn(call, call)).toEqual(['answered', 'Throttling']);
  });

  it('EC2: a bucket for each operation', async () => {
    const ec2 = new EC2Client(test.client);
    const instances = () => ec2.send(new DescribeInstancesCommand({}));

    expect(await inTurn(instances, instances, () => ec2.send(new DescribeVpcsCommand({})))).toEqual([
      'answered',
      'RequestLimitExceeded',
      'answered',
    ]);
  });

  it('load balancing: by category, and not what Auto Scaling does for its groups', async () => {
    const register = (settings: typeof test.client) => () =>
      new ElasticLoadBalancingV2Client(settings).send(
        new RegisterTargetsCommand({ TargetGroupArn: 'arn', Targets: [] }),
      );
    const look = () =>
      new ElasticLoadBalancingV2Client(test.client).send(new DescribeTargetHealthCommand({ TargetGroupArn: 'arn' }));

    expect(await inTurn(register(test.client), register(test.client), look, register(test.as(SERVICE_LINKED)))).toEqual(
      ['answered', 'ThrottlingException', 'answered', 'answered'],
    );
  });

  it('Step Functions: by operation', async () => {
    const list = () => new SFNClient(test.client).send(new ListExecutionsCommand({ stateMachineArn: 'arn' }));

    expect(await inTurn(list, list)).toEqual(['answered', 'ThrottlingException']);
  });

  it('SDKs try again by themselves', async () => {
    const error: unknown = await new AutoScalingClient({ ...test.client, maxAttempts: 3 })
      .send(new DescribeAccountLimitsCommand({}))
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'Throttling', $metadata: { attempts: 3 } });
  });
});

describe('what is no call', () => {
  const throttles = (rates: Parameters<typeof createThrottles>[0]) =>
    createThrottles(rates, { region: 'us-east-1', clock: createClock(1) });

  it('waits where AWS lets it wait', async () => {
    const slow = throttles({ StateTransitions: { bucket: 1, refillPerSecond: 50 } });
    const { signal } = new AbortController();
    await slow.untilAllowed('StateTransitions', signal);
    const from = Date.now();

    await slow.untilAllowed('StateTransitions', signal);

    expect(Date.now() - from).toBeGreaterThanOrEqual(15);
  });

  it('ends its wait when whoever waits ends', async () => {
    const slow = throttles({ MapRunChildren: { bucket: 0, refillPerSecond: 0.001 } });
    const leaving = new AbortController();
    const waiting = slow.untilAllowed('MapRunChildren', leaving.signal);

    leaving.abort(new Error('over'));

    await expect(waiting).rejects.toThrow('over');
  });

  it('keeps writes from one partition and not from another', () => {
    const hot = throttles({ PartitionWrites: { bucket: 10, refillPerSecond: 0 } });
    hot.written('places', 10);

    expect([hot.isHot('places'), hot.isHot('targets')]).toEqual([true, false]);
  });

  it('runs a thousand functions at once, and no more', () => {
    const { invocations } = throttles('aws');
    const entered = Array.from({ length: 1001 }, () => invocations.enter());

    expect(entered.filter(Boolean)).toHaveLength(1000);
    invocations.leave();
    expect(invocations.enter()).toBe(true);
  });
});
