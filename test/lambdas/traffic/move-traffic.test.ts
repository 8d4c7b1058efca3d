import { beforeEach, describe, expect, it } from 'vitest';

import { targetIdOf } from '../../../core/target-request.ts';
import type { TrafficEventName } from '../../../core/lifecycle-event.ts';
import { settleDeployment } from '../../../lambdas/orchestrator/steps/settle-deployment.ts';
import { stopTheWork } from '../../../lambdas/orchestrator/steps/stop-the-work.ts';
import { moveTraffic } from '../../../lambdas/traffic/move-traffic.ts';
import { aLeg, anInPlaceRequest, aTarget } from '../doubles/builders.ts';
import { MemoryTargetGroups } from '../doubles/memory-target-groups.ts';
import { NOON, recordedEngine, type RecordedEngine } from '../doubles/recorded-engine.ts';

const request = anInPlaceRequest();
const ID = targetIdOf(request);
const { deploymentId } = ID;
const trafficControl = { targetGroupNames: ['web-targets'] };
const done = { status: 'Succeeded', startedAtMs: NOON, endedAtMs: NOON } as const;

let engine: RecordedEngine;
let targetGroups: MemoryTargetGroups;
beforeEach(async () => {
  engine = recordedEngine();
  targetGroups = new MemoryTargetGroups();
  targetGroups.states.set(8080, 'healthy').set(8081, 'healthy');
  await engine.targets.open(aTarget({ request, trafficControl, legNumber: 1 }));
  await engine.mailboxes.place(
    ID.instanceId,
    aLeg({ deploymentId, legNumber: 1, events: ['BeforeBlockTraffic'], results: [done] }),
    'in-place',
  );
});

const move = (event: TrafficEventName) =>
  moveTraffic({ request, event, stepNumber: event === 'BlockTraffic' ? 2 : 4 }, { ...engine, targetGroups });
const block = () => move('BlockTraffic');
const allow = () => move('AllowTraffic');
const events = async () =>
  (await engine.targets.byId(ID))?.lifecycleEvents.map(
    ({ lifecycleEventName, status }) => `${lifecycleEventName} ${status}`,
  );
const blocked = async () => {
  await expect(block()).rejects.toThrow();
  targetGroups.answer();
  await block();
};

describe('blocking traffic', () => {
  it('drains every registration, and ends when the load balancer has none', async () => {
    await expect(block()).rejects.toMatchObject({ name: 'LookAgainIn150Seconds' });
    engine.advance(300);
    targetGroups.answer();

    await expect(block()).resolves.toEqual({ status: 'Succeeded' });

    expect(targetGroups.calls).toEqual(['deregister 8080 8081']);
    expect(await events()).toEqual(['BeforeBlockTraffic Succeeded', 'BlockTraffic Succeeded']);
    expect((await engine.targets.byId(ID))?.lifecycleEvents[1]).toMatchObject({
      startTime: '2026-05-04T12:00:00.000Z',
      endTime: '2026-05-04T12:05:00.000Z',
      diagnostics: { errorCode: 'Success', scriptName: '', message: 'Succeeded', logTail: '' },
    });
  });

  it('shows the event as under way meanwhile', async () => {
    await expect(block()).rejects.toThrow('is draining');

    expect(await events()).toEqual(['BeforeBlockTraffic Succeeded', 'BlockTraffic Unknown']);
  });

  it('answers a call that comes a second time as the first, and asks the load balancer for nothing', async () => {
    await blocked();
    const calls = targetGroups.calls.length;

    await expect(block()).resolves.toEqual({ status: 'Succeeded' });

    expect(targetGroups.calls).toHaveLength(calls);
    expect(await events()).toHaveLength(2);
  });

  it('remembers what there was when it crashes before it has deregistered all', async () => {
    targetGroups.beforeChange = () => {
      targetGroups.states.delete(8081);
      targetGroups.beforeChange = () => undefined;
      throw new Error('crash');
    };
    await expect(block()).rejects.toThrow('crash');
    await blocked();

    const { traffic } = (await engine.targets.byId(ID)) ?? {};

    expect(traffic?.registrations.map(({ port }) => port)).toEqual([8080, 8081]);
  });

  it('fails, and deregisters nothing, where a target group is not there', async () => {
    targetGroups.known.clear();

    await expect(block()).rejects.toMatchObject({ name: 'TrafficNotMoved' });
    await expect(block()).rejects.toMatchObject({ name: 'TrafficNotMoved' });

    expect(targetGroups.calls).toEqual([]);
    const { status, reason, lifecycleEvents } = await settleDeployment(request, undefined, engine);
    expect({ status, reason }).toMatchObject({
      status: 'Failed',
      reason: expect.stringContaining('no target group web-targets'),
    });
    expect(lifecycleEvents.map((event) => event.status)).toEqual([
      'Succeeded',
      'Failed',
      ...Array.from({ length: 11 }, () => 'Skipped'),
    ]);
  });

  it('has nothing to do for a host that no target group knows', async () => {
    targetGroups.states.clear();

    await expect(block()).resolves.toEqual({ status: 'Succeeded' });

    expect(targetGroups.calls).toEqual([]);
  });

  it('fails when the drain does not end', async () => {
    await expect(block()).rejects.toThrow();
    engine.advance(71 * 60);

    await expect(block()).rejects.toMatchObject({ name: 'TrafficNotMoved' });

    expect(await events()).toContain('BlockTraffic Failed');
  });

  it('ends without a word when the work was stopped', async () => {
    await expect(block()).rejects.toThrow();
    await stopTheWork(ID, { kind: 'HostAgentSilent', reason: 'silent' }, engine);

    await expect(block()).rejects.toMatchObject({ name: 'TrafficNotMoved' });

    const { reason, status } = await settleDeployment(request, undefined, engine);
    expect(status).toBe('Failed');
    expect(reason).toBe(
      'silent. The host stays out of web-targets:8080, web-targets:8081 until a deployment to it succeeds',
    );
  });
});

describe('allowing traffic', () => {
  it('registers what there was, port by port, and ends when all is healthy', async () => {
    await blocked();
    await expect(allow()).rejects.toMatchObject({ name: 'LookAgainIn1Seconds' });
    targetGroups.answer();

    await expect(allow()).resolves.toEqual({ status: 'Succeeded' });

    expect(targetGroups.calls.at(-1)).toBe('register 8080 8081');
    expect(await events()).toContain('AllowTraffic Succeeded');
  });

  it('registers with the target group’s own port where there was no registration', async () => {
    targetGroups.states.clear();
    await block();
    await expect(allow()).rejects.toThrow('is initial');

    expect(targetGroups.calls).toEqual(['register 80']);
  });

  it('gives back what an earlier deployment took, whose new revision failed', async () => {
    await blocked();
    await settleDeployment(request, undefined, engine);
    const next = anInPlaceRequest({ deploymentId: 'd-NEXT00000' });
    await engine.targets.open(aTarget({ request: next, trafficControl, legNumber: 1 }));
    const ports = { ...engine, targetGroups };

    await moveTraffic({ request: next, event: 'BlockTraffic', stepNumber: 2 }, ports);
    const move = moveTraffic({ request: next, event: 'AllowTraffic', stepNumber: 4 }, ports);

    await expect(move).rejects.toThrow('is initial');
    expect(targetGroups.calls.at(-1)).toBe('register 8080 8081');
  });

  it('waits an hour for health, no longer', async () => {
    await blocked();
    await expect(allow()).rejects.toThrow();
    engine.advance(61 * 60);

    await expect(allow()).rejects.toThrow('after 60 minutes');

    expect(await events()).toContain('AllowTraffic Failed');
  });

  it('fails with the load balancer’s own words when it does not take the host', async () => {
    await blocked();
    targetGroups.refusal = 'The following targets are not in a running state';

    await expect(allow()).rejects.toThrow('not in a running state');
  });

  it('takes a host back that leaves for good meanwhile', async () => {
    await blocked();
    await expect(allow()).rejects.toThrow();
    await stopTheWork(ID, { kind: 'Superseded', reason: 'it terminates' }, engine);

    await expect(allow()).rejects.toMatchObject({ name: 'TrafficNotMoved' });

    expect(targetGroups.calls.at(-1)).toBe('deregister 8080 8081');
  });

  it('does nothing when a late call finds the work beyond it', async () => {
    await blocked();
    await engine.targets.awaitLeg(ID, { legNumber: 5, attempt: 0, taskToken: 'token', lifecycleEvents: [] });

    await expect(allow()).resolves.toEqual({ status: 'Succeeded' });

    expect(targetGroups.calls).toEqual(['deregister 8080 8081']);
  });
});
