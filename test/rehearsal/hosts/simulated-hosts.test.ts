import { CreateTargetGroupCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createComputePart } from '../../../rehearsal/auto-scaling/compute-part.ts';
import type { RouteHandler } from '../../../rehearsal/endpoint/endpoint.ts';
import type { Host, HostProvider } from '../../../rehearsal/hosts/host.ts';
import type { Outcome } from '../../../rehearsal/hosts/simulated/outcome.ts';
import { createSimulatedHosts } from '../../../rehearsal/hosts/simulated-hosts.ts';
import type { SimulatedHostsOptions } from '../../../rehearsal/hosts/simulated-hosts.ts';
import { verifySignature } from '../../../rehearsal/identity/signature.ts';
import type { Sessions } from '../../../rehearsal/identity/sessions.ts';
import { startTestGround } from '../ground.ts';
import type { TestGround } from '../ground.ts';
import { ACommandService, DEPLOYMENT } from './a-command-service.ts';
import { anInstance, warning } from './machines.ts';

const LAUNCH = [
  ...['ApplicationStop', 'DownloadBundle', 'BeforeInstall', 'Install', 'AfterInstall', 'ApplicationStart'],
  ...['ValidateService', 'BeforeAllowTraffic', 'AfterAllowTraffic'],
];

describe('Simulated hosts', () => {
  let test: TestGround;
  const open: HostProvider[] = [];

  beforeEach(async () => {
    test = await startTestGround((ground) => [createComputePart(ground, createSimulatedHosts(ground))]);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((hosts) => hosts.close()));
    await test.close();
  });

  function simulated(options: SimulatedHostsOptions = {}): HostProvider {
    const hosts = createSimulatedHosts(test.ground, { longestPollPauseMs: 5, ...options });
    open.push(hosts);
    return hosts;
  }

  /** User data that configures the agent for a service, which is reachable from then on. */
  function userDataFor(answer: RouteHandler): string {
    test.endpoint.route('/_/service/', answer);
    return `#!/bin/bash\nprintf 'deploy_control_endpoint: ${test.endpoint.url()}/_/service/\\n' > agent.yml\n`;
  }

  const until = (condition: () => boolean): Promise<void> =>
    expect
      .poll(condition, { interval: 2, timeout: 15_000 })
      .toBe(true)
      .then(() => undefined);

  it('carry out a launch in three reports', async () => {
    const service = new ACommandService(LAUNCH);

    await simulated().start(anInstance({ userData: userDataFor(service.answer) }));
    await until(() => service.reports.length === 3);

    expect(service.reports).toEqual([
      { event: 'ApplicationStop', status: 'Succeeded', noopEvents: [] },
      { event: 'DownloadBundle', status: 'Succeeded', noopEvents: ['BeforeInstall'] },
      { event: 'Install', status: 'Succeeded', noopEvents: LAUNCH.slice(4) },
    ]);
  });

  it('are silent while they are switched off, and ask again once they have booted', async () => {
    const service = new ACommandService([]);
    const host = await simulated().start(anInstance({ userData: userDataFor(service.answer) }));
    await until(() => service.requests.length > 0);

    await host.stop();
    const asked = service.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    const askedWhileOff = service.requests.length - asked;
    await host.boot();

    expect(askedWhileOff).toBe(0);
    await until(() => service.requests.length > asked);
  });

  it('sign as the instance, for a function URL', async () => {
    const service = new ACommandService([]);
    const instance = anInstance({ userData: userDataFor(service.answer) });

    await simulated().start(instance);
    await until(() => service.requests.length > 0);

    const [request] = service.requests;
    if (!request) throw new Error('nobody asked');
    expect(request.service).toBe('lambda');
    expect(request.caller.sessionName).toBe(instance.instanceId);
    expect(await verifySignature(request, test.ground.credentials as Sessions)).toBe(true);
    expect(request.headers['x-amz-codedeploy-agent-version']).toBe('SLIPWAY_simulated');
    expect(JSON.parse(request.body.toString())).toEqual({
      HostIdentifier: `arn:aws:ec2:us-east-1:123456789012:instance/${instance.instanceId}`,
      Slipway: { UptimeSeconds: 0 },
    });
  });

  it('fail the event they are told to fail', async () => {
    const service = new ACommandService(LAUNCH);
    const outcome = (_: string, event: string): Outcome => (event === 'ValidateService' ? 'fail' : 'succeed');

    await simulated({ outcome }).start(anInstance({ userData: userDataFor(service.answer) }));
    await until(() => service.reports.length === 4);

    expect(service.reports.slice(2)).toEqual([
      { event: 'Install', status: 'Succeeded', noopEvents: ['AfterInstall', 'ApplicationStart'] },
      { event: 'ValidateService', status: 'Failed', noopEvents: [] },
    ]);
  });

  it('fall silent at the event they are told to, and never ask again', async () => {
    const service = new ACommandService(LAUNCH);
    const outcome = (_: string, event: string): Outcome => (event === 'Install' ? 'silent' : 'succeed');
    const hosts = simulated({ outcome });

    const host = await hosts.start(anInstance({ userData: userDataFor(service.answer) }));
    await until(() => service.reports.length === 2);
    await host.terminate();

    expect(service.requests).toHaveLength(3);
  });

  it('keep polling after the service was away', async () => {
    const service = new ACommandService(['ApplicationStop'], { failures: 1 });

    await simulated().start(anInstance({ userData: userDataFor(service.answer) }));
    await until(() => service.reports.length === 1);

    expect(await warning(test.ground, /503/)).toContain('answered PollHostCommand with 503');
  });

  it('poll no more when they are terminated', async () => {
    const service = new ACommandService([]);
    const host = await simulated().start(anInstance({ userData: userDataFor(service.answer) }));
    await until(() => service.requests.length > 2);

    await host.terminate();
    const asked = service.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 30));

    expect(service.requests.length).toBeLessThanOrEqual(asked + 1);
  });

  it('stay silent without a command service, and one warning says so', async () => {
    const hosts = simulated();

    await Promise.all([1, 2, 3].map(() => hosts.start(anInstance({ userData: '#!/bin/bash\n' }))));

    expect(test.ground.journal.entries.filter(({ kind }) => kind === 'warning')).toHaveLength(1);
    expect(await warning(test.ground, /Simulated/)).toContain('user data names no deploy_control_endpoint');
  });

  describe('have an application that', () => {
    const PORT = 8080;

    const answerOf = ({ privateIpAddress }: Host): Promise<string> =>
      fetch(`http://${privateIpAddress}:${PORT}/health`).then(
        (response) => response.text(),
        () => 'nobody listens',
      );

    beforeEach(async () => {
      const loadBalancing = new ElasticLoadBalancingV2Client(test.client);
      await loadBalancing.send(new CreateTargetGroupCommand({ Name: 'web', Protocol: 'HTTP', Port: PORT }));
    });

    it('answers on the target group’s port once it has started, until the host ends', async () => {
      const service = new ACommandService(LAUNCH);

      const host = await simulated().start(anInstance({ userData: userDataFor(service.answer) }));
      const before = await answerOf(host);
      await until(() => service.reports.length === 3);
      const after = await answerOf(host);
      await host.terminate();

      expect([before, after, await answerOf(host)]).toEqual(['nobody listens', `${DEPLOYMENT}\n`, 'nobody listens']);
    });

    it('does not listen when its start failed', async () => {
      const service = new ACommandService(LAUNCH);
      const outcome = (_: string, event: string): Outcome => (event === 'ApplicationStart' ? 'fail' : 'succeed');

      const host = await simulated({ outcome }).start(anInstance({ userData: userDataFor(service.answer) }));
      await until(() => service.reports.length === 4);

      expect(await answerOf(host)).toBe('nobody listens');
    });

    it('does not listen after it was stopped', async () => {
      const service = new ACommandService([...LAUNCH, 'ApplicationStop', 'DownloadBundle']);

      const host = await simulated().start(anInstance({ userData: userDataFor(service.answer) }));
      await until(() => service.reports.length === 4);

      expect(await answerOf(host)).toBe('nobody listens');
    });
  });

  it('come by the thousand', async () => {
    const services = new Map<string, ACommandService>();
    const answerEach: RouteHandler = (request) =>
      services.get(request.caller.sessionName ?? '')?.answer(request) ?? Promise.resolve({ status: 403, body: '{}' });
    const userData = userDataFor(answerEach);
    const hosts = simulated({ longestPollPauseMs: 1000 });

    await Promise.all(
      Array.from({ length: 1000 }, () => {
        const instance = anInstance({ userData });
        services.set(instance.instanceId, new ACommandService(LAUNCH));
        return hosts.start(instance);
      }),
    );
    await until(() => [...services.values()].every(({ reports }) => reports.length === 3));

    expect([...services.values()].flatMap(({ reports }) => reports)).toHaveLength(3000);
  });
});
