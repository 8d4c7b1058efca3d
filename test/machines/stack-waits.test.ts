import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { StackRequest } from '../../core/fleet/stack-request.ts';
import { lookAfterFleet } from '../../lambdas/fleet/steps/look-after-fleet.ts';
import { aFleetDeployment } from '../lambdas/doubles/a-fleet-deployment.ts';
import { DECLARED_BY, REVISION_ONE, WEB_FLEET } from '../lambdas/doubles/builders.ts';
import { aPatientGroup } from './a-patient-group.ts';
import { type FleetGround, startFleetGround } from './fleet-ground.ts';

const DEPLOYMENT = 'd-FLEET0001';
const SUCCESSOR = 'd-FLEET0002';

describe('a stack that waits for a deployment', () => {
  let ground: FleetGround;

  beforeEach(async () => {
    ground = await startFleetGround();
    await ground.engine.deploymentGroups.declare(aPatientGroup(), DECLARED_BY);
    const members = [0, 1].map((n) => ({
      instanceId: `i-0a1b2c3d4e5f6071${n}`,
      lifecycleState: 'InService',
      zone: 'us-east-1a',
    }));
    ground.group = { ...ground.group, members };
  });
  afterEach(() => ground.close());

  const request = (changes: Partial<StackRequest> = {}): StackRequest => ({
    ...DECLARED_BY,
    requestId: 'request-1',
    physicalResourceId: 'web/web-fleet',
    responseUrl: 'https://cloudformation.example/answer',
    deadlineMs: ground.engine.clock() + 3_300_000,
    isRollback: false,
    ...changes,
  });
  const order = (stackRequest: StackRequest) =>
    aFleetDeployment({ createdAtMs: ground.engine.clock(), declaredBy: DECLARED_BY, stackRequest });

  it('is told of the first host that failed', async () => {
    ground.behaviour = (_, event) => (event === 'Install' ? 'Failed' : 'Succeeded');

    await ground.deploy(order(request()));
    await ground.ended(DEPLOYMENT);

    expect(ground.responses.all).toEqual([
      expect.objectContaining({
        Status: 'FAILED',
        RequestId: 'request-1',
        Reason: expect.stringMatching(/d-FLEET0001 .*HEALTH_CONSTRAINTS.*First to fail: i-0a1b2c3d4e5f6071/s),
      }),
    ]);
  });

  it('is told when it has waited long enough, once, while the deployment goes on', async () => {
    await ground.engine.deployments.create(order(request({ deadlineMs: ground.engine.clock() })));

    await lookAfterFleet(DEPLOYMENT, ground.engine);
    await lookAfterFleet(DEPLOYMENT, ground.engine);

    expect(ground.responses.all).toEqual([
      expect.objectContaining({ Status: 'FAILED', Reason: expect.stringContaining('still runs') }),
    ]);
  });

  it('is told of the deployment that took the place of its own', async () => {
    const back = request({ requestId: 'request-2', isRollback: true });
    const successor = { ...order(back), deploymentId: SUCCESSOR, revision: REVISION_ONE };
    ground.behaviour = async () => {
      await ground.engine.stackRequests.giveWay(DEPLOYMENT, successor, {
        atMs: ground.engine.clock(),
        rollBack: false,
      });
      const places = await ground.engine.fleets.places(DEPLOYMENT);
      if (places?.watchToken !== undefined) await ground.engine.taskTokens.answer(places.watchToken, {});
      ground.behaviour = () => 'Succeeded';
      return 'Succeeded' as const;
    };

    await ground.deploy(order(request()));

    expect((await ground.ended(DEPLOYMENT)).status).toBe('Stopped');
    expect(await ground.ended(SUCCESSOR)).toMatchObject({ status: 'Succeeded', revision: REVISION_ONE });
    expect(ground.responses.all.map(({ RequestId, Status }) => [RequestId, Status])).toEqual([
      ['request-2', 'SUCCESS'],
    ]);
    expect((await ground.engine.deploymentGroups.byName(WEB_FLEET))?.lastSuccessfulRevision).toEqual(REVISION_ONE);
  });
});
