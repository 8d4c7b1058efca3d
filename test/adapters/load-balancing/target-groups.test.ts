import {
  DeregisterTargetsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  InvalidTargetException,
  RegisterTargetsCommand,
  TargetGroupNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';

import { ElbTargetGroups } from '../../../adapters/load-balancing/target-groups.ts';

const INSTANCE = 'i-0a1b2c3d4e5f60718';
const WEB = { targetGroupArn: 'arn:web', targetGroupName: 'web' };
const API = { targetGroupArn: 'arn:api', targetGroupName: 'api' };
const metadata = { $metadata: {}, message: '' };

const loadBalancing = mockClient(ElasticLoadBalancingV2Client);
const targetGroups = new ElbTargetGroups(new ElasticLoadBalancingV2Client({}));
beforeEach(() => loadBalancing.reset());

describe('target groups of Elastic Load Balancing', () => {
  it('are found by name, with the time that their moves take', async () => {
    loadBalancing
      .on(DescribeTargetGroupsCommand, { Names: ['web'] })
      .resolves({
        TargetGroups: [{ TargetGroupArn: 'arn:web', TargetType: 'instance', HealthCheckIntervalSeconds: 10 }],
      })
      .on(DescribeTargetGroupAttributesCommand)
      .resolves({ Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }] });

    const found = await targetGroups.byName('web');

    expect(found).toEqual({ ...WEB, takesInstances: true, drainSeconds: 30, checkSeconds: 10 });
  });

  it('may not be there', async () => {
    loadBalancing.on(DescribeTargetGroupsCommand).rejects(new TargetGroupNotFoundException(metadata));

    expect(await targetGroups.byName('web')).toBeUndefined();
  });

  it('tell all registrations of one host', async () => {
    loadBalancing.on(DescribeTargetHealthCommand, { TargetGroupArn: 'arn:web' }).resolves({
      TargetHealthDescriptions: [
        { Target: { Id: INSTANCE, Port: 8080 }, TargetHealth: { State: 'healthy' } },
        { Target: { Id: 'i-0other', Port: 8080 }, TargetHealth: { State: 'healthy' } },
        {
          Target: { Id: INSTANCE, Port: 8081 },
          TargetHealth: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request timed out' },
        },
      ],
    });

    const seen = await targetGroups.registrationsOf(INSTANCE, {
      ...WEB,
      takesInstances: true,
      drainSeconds: 0,
      checkSeconds: 0,
    });

    expect(seen).toEqual([
      { ...WEB, port: 8080, state: 'healthy' },
      { ...WEB, port: 8081, state: 'unhealthy', description: 'Request timed out' },
    ]);
  });

  it('are asked once each, however many ports are meant', async () => {
    loadBalancing.on(DescribeTargetHealthCommand).callsFake(({ TargetGroupArn, Targets }) => ({
      TargetHealthDescriptions:
        TargetGroupArn === 'arn:api'
          ? [{ Target: { Id: INSTANCE, Port: 80 }, TargetHealth: { State: 'unused', Reason: 'Target.NotInUse' } }]
          : (Targets as object[]).map((Target) => ({
              Target,
              TargetHealth: { State: 'unused', Reason: 'Target.NotRegistered' },
            })),
    }));

    const seen = await targetGroups.look(INSTANCE, [{ ...WEB, port: 8080 }, API, { ...WEB, port: 8081 }]);

    expect(loadBalancing.commandCalls(DescribeTargetHealthCommand)).toHaveLength(2);
    expect(seen).toEqual([
      { ...WEB, port: 8080, state: 'absent' },
      { ...WEB, port: 8081, state: 'absent' },
      { ...API, state: 'unused', isIdle: true },
    ]);
  });

  it('register and deregister by the port that was registered', async () => {
    loadBalancing.on(RegisterTargetsCommand).resolves({}).on(DeregisterTargetsCommand).resolves({});

    await targetGroups.deregister(INSTANCE, [{ ...WEB, port: 8081 }]);
    await targetGroups.register(INSTANCE, [{ ...WEB, port: 8081 }]);

    const wanted = { TargetGroupArn: 'arn:web', Targets: [{ Id: INSTANCE, Port: 8081 }] };
    expect(loadBalancing.commandCalls(DeregisterTargetsCommand)[0]?.args[0].input).toEqual(wanted);
    expect(loadBalancing.commandCalls(RegisterTargetsCommand)[0]?.args[0].input).toEqual(wanted);
  });

  it('refuse an instance that does not run, which is not to be tried again', async () => {
    loadBalancing
      .on(RegisterTargetsCommand)
      .rejects(new InvalidTargetException({ $metadata: {}, message: 'not in a running state' }));

    await expect(targetGroups.register(INSTANCE, [WEB])).rejects.toMatchObject({
      name: 'LoadBalancerRefused',
      message: 'not in a running state',
    });
  });

  it('leave a throttle to whoever retries', async () => {
    loadBalancing
      .on(DescribeTargetHealthCommand)
      .rejects(Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' }));

    await expect(targetGroups.look(INSTANCE, [WEB])).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});
