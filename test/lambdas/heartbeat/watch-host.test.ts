import { beforeEach, describe, expect, it } from 'vitest';

import { LifecycleActionGone } from '../../../lambdas/heartbeat/send-heartbeat.ts';
import { DeadlineReached } from '../../../lambdas/heartbeat/watch-deadline.ts';
import { HostAgentSilent, watchHost } from '../../../lambdas/heartbeat/watch-host.ts';
import { aLaunch, aLeg, anInPlaceRequest } from '../doubles/builders.ts';
import { recordedEngine, type RecordedEngine } from '../doubles/recorded-engine.ts';

const launch = aLaunch({ heartbeatTimeoutSeconds: 900 });
const HOUR_SECONDS = 3600;

let engine: RecordedEngine;
beforeEach(() => {
  engine = recordedEngine();
});

describe('a heartbeat', () => {
  it('keeps the lifecycle action open, and is counted', async () => {
    await watchHost(launch, engine);

    expect(engine.lifecycleActions.heartbeats).toBe(1);
    expect(engine.telemetry.counts).toEqual(['HeartbeatsSent']);
  });

  it('fails by name when Auto Scaling no longer knows the action', async () => {
    engine.lifecycleActions.gone.add(launch.lifecycleActionToken);

    await expect(watchHost(launch, engine)).rejects.toBeInstanceOf(LifecycleActionGone);
  });

  it('fails by name when the host left its command waiting for too long', async () => {
    await engine.mailboxes.place(launch.instanceId, aLeg(), 'launch');
    engine.advance(301);

    await expect(watchHost(launch, engine)).rejects.toBeInstanceOf(HostAgentSilent);
  });

  it('asks to look again at the moment when a host counts as silent, if that is before the next heartbeat', async () => {
    await engine.mailboxes.place(launch.instanceId, aLeg(), 'launch');
    engine.advance(250);

    expect(await watchHost(launch, engine)).toEqual({ heartbeatInSeconds: 51 });
  });

  it('looks every five minutes at a host that works', async () => {
    expect(await watchHost(launch, engine)).toEqual({ heartbeatInSeconds: 300 });
  });

  it('watches a host in service without a heartbeat', async () => {
    const inPlace = anInPlaceRequest();
    await engine.mailboxes.place(inPlace.instanceId, aLeg({ deploymentId: inPlace.deploymentId }), 'in-place');
    engine.advance(290);
    await watchHost(inPlace, engine);
    engine.advance(11);

    await expect(watchHost(inPlace, engine)).rejects.toThrow('within 5 minutes');
    expect(engine.lifecycleActions.heartbeats).toBe(0);
  });

  it('does not mind the silence of another deployment’s leg', async () => {
    await engine.mailboxes.place(launch.instanceId, aLeg({ deploymentId: 'd-OTHER0000' }), 'launch');
    engine.advance(21 * 60);

    await expect(watchHost(launch, engine)).resolves.toBeDefined();
  });
});

describe('the deadline of a lifecycle action with a heartbeat timeout of fifteen minutes', () => {
  it('is told once four fifths of its 25 hours are over', async () => {
    engine.advance(19.9 * HOUR_SECONDS);
    await watchHost(launch, engine);
    expect(engine.telemetry.counts).not.toContain('DeadlinesNear');
    engine.advance(0.2 * HOUR_SECONDS);

    await watchHost(launch, engine);

    expect(engine.telemetry.counts).toContain('DeadlinesNear');
    expect(engine.telemetry.lines.at(-1)?.message).toContain('four fifths of the global timeout');
  });

  it('ends the work two minutes before it strikes, while the action can still be completed', async () => {
    engine.advance(25 * HOUR_SECONDS - 200);
    const { heartbeatInSeconds } = await watchHost(launch, engine);
    expect(heartbeatInSeconds).toBeLessThan(82);
    engine.advance(heartbeatInSeconds);

    const look = watchHost(launch, engine);

    await expect(look).rejects.toBeInstanceOf(DeadlineReached);
    await expect(look).rejects.toThrow(/Auto Scaling ends the lifecycle action .* the work was ended in order before/);
    expect(engine.lifecycleActions.heartbeats).toBe(2);
  });
});
