import { beforeEach, describe, expect, it } from 'vitest';

import { targetIdOf } from '../../../core/target-request.ts';
import { carryOut as carryOutFleetStep } from '../../../lambdas/fleet/step.ts';
import { carryOut } from '../../../lambdas/orchestrator/step.ts';
import { aFleetDeployment } from '../doubles/a-fleet-deployment.ts';
import { aDeploymentGroup, anInPlaceRequest, aLeg, DECLARED_BY } from '../doubles/builders.ts';
import { type RecordedFleetEngine, recordedFleetEngine } from './recorded-fleet-engine.ts';

const HOSTS = ['i-0', 'i-1', 'i-2'];
const { deploymentId } = aFleetDeployment();

describe.each([
  ['one at a time', { type: 'MOST_CONCURRENCY', value: 1 }],
  ['all at once', { type: 'HOST_COUNT', value: 0 }],
] as const)('a host that is gone without a word, %s', (_, minimumHealthyHosts) => {
  let engine: RecordedFleetEngine;
  let request: ReturnType<typeof anInPlaceRequest>;

  beforeEach(async () => {
    engine = recordedFleetEngine(HOSTS);
    await engine.deploymentGroups.declare(aDeploymentGroup(), DECLARED_BY);
    await engine.deployments.create(aFleetDeployment({ minimumHealthyHosts }));
    await carryOutFleetStep({ step: 'openFleet', deploymentId }, engine);
    const { targetIds = [] } = (await engine.fleetTargets.list(deploymentId)) ?? {};
    request = anInPlaceRequest({ deploymentId, instanceId: targetIds[0] ?? '', targetNumber: 0 });
    await carryOut({ step: 'openDeployment', request }, engine);
    await engine.mailboxes.place(
      request.instanceId,
      aLeg({ deploymentId, handedOut: { attempt: 1, startedAtMs: engine.clock() } }),
      'in-place',
    );
    engine.outside.gone.add(request.instanceId).add('i-not-a-target');
  });

  it('is noticed at the next look, within a minute', async () => {
    const found = await carryOutFleetStep({ step: 'lookAfterFleet', deploymentId }, engine);

    expect(found).toMatchObject({ finding: 'Watch', lookInSeconds: 60 });
    expect(await engine.targets.byId(targetIdOf(request))).toMatchObject({ stop: { kind: 'HostGone' } });
    expect(await engine.table.legOf(request.instanceId)).toBeUndefined();
  });

  it('gives its place to the next, and is no failure', async () => {
    await carryOutFleetStep({ step: 'lookAfterFleet', deploymentId }, engine);
    await carryOut({ step: 'settleAndRelease', request, error: null }, engine);

    const { targetIds = [] } = (await engine.fleetTargets.list(deploymentId)) ?? {};
    const next = { ...request, instanceId: targetIds[1] ?? '', targetNumber: 1 };
    expect(await carryOut({ step: 'openDeployment', request: next }, engine)).toMatchObject({ decision: 'Deploy' });
    expect(await engine.fleets.places(deploymentId)).toMatchObject({ failed: 0 });
  });
});
