import { beforeEach, describe, expect, it } from 'vitest';

import { LifecycleActionGone } from '../../../lambdas/heartbeat/send-heartbeat.ts';
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
    await engine.hosts.placeLeg(launch.instanceId, aLeg(), 'launch');
    engine.advance(21 * 60);

    await expect(watchHost(launch, engine)).rejects.toBeInstanceOf(HostAgentSilent);
  });

  it('watches a host in service without a heartbeat, and gives it up sooner', async () => {
    const inPlace = anInPlaceRequest();
    await engine.hosts.placeLeg(inPlace.instanceId, aLeg({ deploymentId: inPlace.deploymentId }), 'in-place');
    engine.advance(9 * 60);
    await watchHost(inPlace, engine);
    engine.advance(2 * 60);

    await expect(watchHost(inPlace, engine)).rejects.toThrow('within 10 minutes');
    expect(engine.lifecycleActions.heartbeats).toBe(0);
  });

  it('does not mind the silence of another deployment’s leg', async () => {
    await engine.hosts.placeLeg(launch.instanceId, aLeg({ deploymentId: 'd-OTHER0000' }), 'launch');
    engine.advance(21 * 60);

    await expect(watchHost(launch, engine)).resolves.toBeUndefined();
  });

  it('warns before Auto Scaling ends the action by itself', async () => {
    engine.advance(24 * HOUR_SECONDS);
    await watchHost(launch, engine);
    const early = engine.telemetry.lines.length;
    engine.advance(0.9 * HOUR_SECONDS);

    await watchHost(launch, engine);

    expect(early).toBe(1);
    expect(engine.telemetry.lines.at(-1)?.message).toContain('global timeout');
  });
});
