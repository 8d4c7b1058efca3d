import { DescribeAutoScalingGroupsCommand, SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import {
  DeregisterTargetsCommand,
  DescribeListenerAttributesCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aHook, startFleet, type Fleet } from '../auto-scaling/fleet.ts';

let fleet: Fleet;
let address: string;
let targetGroupArn: string;
let loadBalancerArn: string;

beforeEach(async () => {
  fleet = await startFleet();
  const loadBalancer = await fleet.test.provision('AWS::ElasticLoadBalancingV2::LoadBalancer', { Name: 'front' });
  const targetGroup = await fleet.test.provision('AWS::ElasticLoadBalancingV2::TargetGroup', {
    Port: 8080,
    Protocol: 'HTTP',
    HealthCheckIntervalSeconds: 10,
    TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '60' }],
  });
  loadBalancerArn = loadBalancer.physicalId;
  targetGroupArn = targetGroup.physicalId;
  address = `http://${String(loadBalancer.attributes?.['DNSName'])}`;
});
afterEach(() => fleet.close());

const listen = (defaultAction: object = { Type: 'forward', TargetGroupArn: targetGroupArn }, Port = 80) =>
  fleet.test.provision('AWS::ElasticLoadBalancingV2::Listener', {
    LoadBalancerArn: loadBalancerArn,
    Port,
    Protocol: 'HTTP',
    DefaultActions: [defaultAction],
  });
const health = async (targets?: { Id: string }[]) => {
  const { TargetHealthDescriptions = [] } = await fleet.loadBalancing.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn, Targets: targets }),
  );
  return TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth);
};
const healthy = (count: number) =>
  fleet.until(
    async () => (await health()).filter((one) => one?.State === 'healthy').length === count,
    `${count} healthy`,
  );

describe('A fleet behind a load balancer', () => {
  it('answers in turns, streams bodies both ways, and tells who asked', async () => {
    fleet.hosts.answer = (incoming, outgoing) => {
      outgoing.setHeader('x-served-by', incoming.socket.localAddress ?? '');
      outgoing.setHeader('x-seen-for', String(incoming.headers['x-forwarded-for']));
      incoming.pipe(outgoing);
    };
    await listen();
    await fleet.createGroup({ DesiredCapacity: '2', TargetGroupARNs: [targetGroupArn] });
    await healthy(2);

    const body = 'x'.repeat(200_000);
    const answers = await Promise.all([1, 2].map(() => fetch(address, { method: 'POST', body })));

    expect(new Set(answers.map(({ headers }) => headers.get('x-served-by'))).size).toBe(2);
    expect(answers[0]?.headers.get('x-seen-for')).toBe('127.0.0.1');
    expect(await answers[0]?.text()).toBe(body);
  });

  it('registers an instance when its hook is done and not before', async () => {
    await listen();
    await fleet.createGroup({
      TargetGroupARNs: [targetGroupArn],
      LifecycleHookSpecificationList: [aHook({ HeartbeatTimeout: 30, DefaultResult: 'CONTINUE' })],
    });
    const { EC2InstanceId } = await fleet.until(() => fleet.messages()[0]);

    const during = await health([{ Id: EC2InstanceId }]);
    await fleet.until(() => fleet.states().includes('InService'));

    expect(during).toEqual([
      {
        State: 'unused',
        Reason: 'Target.NotRegistered',
        Description: 'Target is not registered to the target group',
      },
    ]);
    expect(await health()).toHaveLength(1);
  });

  it('drains an instance to the end before its termination hook starts', async () => {
    await listen();
    await fleet.createGroup({
      TargetGroupARNs: [targetGroupArn],
      LifecycleHookSpecificationList: [
        aHook({ LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING', HeartbeatTimeout: 7200 }),
      ],
    });
    await fleet.until(() => fleet.states().includes('InService'));

    await fleet.autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web', DesiredCapacity: 0 }));
    await fleet.until(() => fleet.states().includes('Terminating'));
    const during = await health();
    await fleet.until(() => fleet.messages()[0]);

    expect(during).toMatchObject([{ State: 'draining', Reason: 'Target.DeregistrationInProgress' }]);
    expect(await health()).toEqual([]);
    const entered = (state: string) =>
      fleet.test.ground.journal.entries.find((entry) => entry.kind === 'instance' && entry.lifecycleState === state)
        ?.at ?? 0;
    expect(entered('Terminating:Wait') - entered('Terminating')).toBeGreaterThanOrEqual(60_000);
  });

  it('loses members that fail the health check of their target group', async () => {
    let status = 200;
    fleet.hosts.answer = (_, outgoing) => outgoing.writeHead(status).end();
    await listen();
    await fleet.createGroup({ HealthCheckType: 'ELB', TargetGroupARNs: [targetGroupArn] });
    await healthy(1);
    const [first = ''] = fleet.hosts.started.map(({ instanceId }) => instanceId);

    status = 500;
    await fleet.until(() => fleet.states(first).includes('Terminating'));
    status = 200;

    await fleet.until(() => fleet.states(first).at(-1) === 'Terminated');
    await healthy(1);
    const { AutoScalingGroups } = await fleet.autoScaling.send(new DescribeAutoScalingGroupsCommand());
    expect(AutoScalingGroups?.[0]?.Instances?.map(({ InstanceId }) => InstanceId)).not.toContain(first);
  });
});

describe('A load balancer', () => {
  it('answers 503 without targets', async () => {
    await listen();

    const answer = await fetch(address);

    expect(answer.status).toBe(503);
    expect(answer.headers.get('server')).toBe('awselb/2.0');
  });

  it('sends to unhealthy targets when there are no others, and answers 502 for them when nobody listens', async () => {
    await listen();
    await fleet.createGroup({ TargetGroupARNs: [targetGroupArn] });
    await fleet.until(async () => (await health())[0]?.State === 'unhealthy');

    const answer = await fetch(address);

    expect(answer.status).toBe(502);
  });

  it('answers 504 for a target that says nothing within its idle timeout', async () => {
    fleet.hosts.answer = ({ url }, outgoing) => url === '/' && outgoing.end();
    const impatient = await fleet.test.provision('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Name: 'impatient',
      LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '1' }],
    });
    loadBalancerArn = impatient.physicalId;
    await listen();
    await fleet.createGroup({ TargetGroupARNs: [targetGroupArn] });
    await healthy(1);

    const answer = await fetch(`http://${String(impatient.attributes?.['DNSName'])}/silence`);

    expect(answer.status).toBe(504);
    expect(answer.headers.get('server')).toBe('awselb/2.0');
  });

  it('lets a request under way end at a target that drains, and sends it no other', async () => {
    const waiting: (() => void)[] = [];
    fleet.hosts.answer = ({ url }, outgoing) => {
      if (url === '/slow') waiting.push(() => outgoing.end('done'));
      else outgoing.end();
    };
    await listen();
    await fleet.createGroup({ TargetGroupARNs: [targetGroupArn] });
    await healthy(1);
    const slow = fetch(`${address}/slow`);
    await fleet.until(() => waiting.length === 1);

    await fleet.loadBalancing.send(
      new DeregisterTargetsCommand({
        TargetGroupArn: targetGroupArn,
        Targets: [{ Id: fleet.hosts.started[0]?.instanceId }],
      }),
    );
    const next = await fetch(address); // by a connection that was kept, or a new one
    waiting.forEach((answer) => answer());

    expect(next.status).toBe(503);
    expect(await (await slow).text()).toBe('done');
  });

  it('says which status a failing health check received', async () => {
    fleet.hosts.answer = (_, outgoing) => outgoing.writeHead(418).end();
    await listen();
    await fleet.createGroup({ TargetGroupARNs: [targetGroupArn] });

    const [failing] = await fleet.until(async () => {
      const seen = await health();
      return seen[0]?.State === 'unhealthy' && seen;
    });

    expect(failing).toEqual({
      State: 'unhealthy',
      Reason: 'Target.ResponseCodeMismatch',
      Description: 'Health checks failed with these codes: [418]',
    });
  });

  it('answers by itself or redirects where a rule says so', async () => {
    const listener = await listen({
      Type: 'fixed-response',
      FixedResponseConfig: { StatusCode: '404', MessageBody: 'no' },
    });
    await fleet.test.provision('AWS::ElasticLoadBalancingV2::ListenerRule', {
      ListenerArn: listener.physicalId,
      Priority: 10,
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/old'] } }],
      Actions: [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_302', Path: '/new' } }],
    });

    const fixed = await fetch(address);
    const redirected = await fetch(`${address}/old`, { redirect: 'manual' });

    expect([fixed.status, await fixed.text()]).toEqual([404, 'no']);
    expect([redirected.status, redirected.headers.get('location')]).toEqual([302, `${address}/new`]);
  });

  it('tells where its further listeners answer', async () => {
    await listen();
    const second = await listen({ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }, 8080);

    const { Attributes } = await fleet.loadBalancing.send(
      new DescribeListenerAttributesCommand({ ListenerArn: second.physicalId }),
    );

    const answer = await fetch(`http://${Attributes?.[0]?.Value ?? ''}`);
    expect(answer.status).toBe(200);
  });

  it('terminates no TLS and says so', async () => {
    const listener = fleet.test.provision('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: loadBalancerArn,
      Port: 443,
      Protocol: 'HTTPS',
      DefaultActions: [],
    });

    await expect(listener).rejects.toThrow('the rehearsal terminates no TLS');
  });
});

describe('Registration', () => {
  it('is refused for an instance that does not run', async () => {
    const attempt = fleet.loadBalancing.send(
      new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets: [{ Id: 'i-0ff' }] }),
    );

    await expect(attempt).rejects.toMatchObject({ name: 'InvalidTargetException' });
  });
});
