import { describe, expect, it } from 'vitest';

import { handOut } from '../../../core/mailbox/hand-out.ts';
import { newLeg } from '../../../core/mailbox/leg.ts';
import type { InPlaceRequest } from '../../../core/target-request.ts';
import { settleDeadFleet } from '../../../lambdas/fleet/settle-dead-fleet.ts';
import { carryOut as carryOutFleetStep, type FleetStep } from '../../../lambdas/fleet/step.ts';
import { carryOut } from '../../../lambdas/orchestrator/step.ts';
import { moveTraffic } from '../../../lambdas/traffic/move-traffic.ts';
import { aFleetDeployment } from '../doubles/a-fleet-deployment.ts';
import { aDeploymentGroup, anInPlaceRequest, DECLARED_BY, REVISION_ONE } from '../doubles/builders.ts';
import { Crash, crashAfter } from '../doubles/crash.ts';
import { MemoryTargetGroups } from '../doubles/memory-target-groups.ts';
import { type RecordedFleetEngine, recordedFleetEngine } from './recorded-fleet-engine.ts';

const order = aFleetDeployment({
  previousRevision: REVISION_ONE,
  autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST'] },
});
const { deploymentId } = order;

type Act = (engine: RecordedFleetEngine) => Promise<unknown>;

const step =
  (what: Partial<FleetStep>): Act =>
  (engine) =>
    carryOutFleetStep({ deploymentId, ...what } as FleetStep, engine);
const after =
  (...acts: readonly Act[]): Act =>
  async (engine) => {
    for (const act of acts) await act(engine);
  };
const create: Act = after(
  (engine) => engine.deploymentGroups.declare(aDeploymentGroup(), DECLARED_BY),
  (engine) => {
    engine.outside.group = { ...engine.outside.group, suspendTag: 'AZRebalance' };
    return engine.deployments.create(order);
  },
);
const open = step({ step: 'openFleet' });
const endFleet = step({ step: 'endFleet', settlement: null, error: null });

/** The target of this number begins; its host is at the first event. */
const begin =
  (number: number): Act =>
  async (engine) => {
    const request = await requestOf(number, engine);
    await carryOut({ step: 'openDeployment', request }, engine);
    const leg = newLeg(
      { deploymentId, legNumber: 1, events: ['Install', 'ValidateService'], toleratedFailures: [] },
      engine.clock(),
    );
    const taken = handOut(leg, 'slipway', engine.clock());
    if (taken !== 'unchanged') await engine.mailboxes.place(request.instanceId, taken, 'in-place');
  };
/** Its host is out of its traffic: a load balancer drains it. */
const beginToBlock =
  (number: number): Act =>
  async (engine) => {
    const request = await requestOf(number, engine, BEHIND_A_LOAD_BALANCER);
    await carryOut({ step: 'openDeployment', request }, engine);
    const targetGroups = new MemoryTargetGroups();
    targetGroups.states.set(8080, 'healthy');
    const draining = moveTraffic({ request, event: 'BlockTraffic', stepNumber: 2 }, { ...engine, targetGroups });
    await expect(draining).rejects.toThrow('web-targets:8080 is draining');
  };
const end =
  (number: number, error: string | null = 'Broken'): Act =>
  async (engine) => {
    const request = await requestOf(number, engine);
    await carryOut({ step: 'settleAndRelease', request, error: error === null ? null : { Error: error } }, engine);
  };
const died: Act = (engine) =>
  settleDeadFleet({ detail: { status: 'ABORTED', input: JSON.stringify({ deploymentId }) } }, engine);
const requestStop: Act = (engine) => engine.deployments.requestStop(deploymentId, { atMs: engine.clock() });
const allGone: Act = (engine) => {
  for (const { instanceId } of engine.outside.group.members) engine.outside.gone.add(instanceId);
  return Promise.resolve();
};

const BEHIND_A_LOAD_BALANCER: Partial<InPlaceRequest> = {
  trafficSettings: {
    deploymentOption: 'WITH_TRAFFIC_CONTROL',
    loadBalancerInfo: { targetGroupInfoList: [{ name: 'web-targets' }] },
  },
};

async function requestOf(targetNumber: number, engine: RecordedFleetEngine, settings: Partial<InPlaceRequest> = {}) {
  const { targetIds = [] } = (await engine.fleetTargets.list(deploymentId)) ?? {};
  return anInPlaceRequest({ deploymentId, instanceId: targetIds[targetNumber] ?? '', targetNumber, ...settings });
}

const SCENES: Readonly<Record<string, { readonly before: Act; readonly run: Act }>> = {
  'a fleet is opened': { before: create, run: open },
  'a zone is opened': { before: after(create, open), run: step({ step: 'openZone', zone: 0 }) },
  'a fleet is looked after that a user stops, with a host at work': {
    before: after(create, open, begin(0), requestStop),
    run: step({ step: 'lookAfterFleet' }),
  },
  'a fleet is looked after whose hosts are gone': {
    before: after(create, open, begin(0), allGone),
    run: step({ step: 'lookAfterFleet' }),
  },
  'a fleet is looked after that a user stops, with a host that drains': {
    before: after(create, open, beginToBlock(0), requestStop),
    run: step({ step: 'lookAfterFleet' }),
  },
  'a fleet is looked after whose hosts are gone, one while it drained': {
    before: after(create, open, beginToBlock(0), allGone),
    run: step({ step: 'lookAfterFleet' }),
  },
  'a fleet is closed': { before: after(create, open), run: step({ step: 'closeFleet' }) },
  'a target gives its place back': { before: after(create, open, begin(0)), run: end(0) },
  'a target gives its place back that fails while its host drains': {
    before: after(create, open, beginToBlock(0)),
    run: end(0),
  },
  'a fleet ends that has failed, and is rolled back': {
    before: after(create, open, begin(0), end(0)),
    run: endFleet,
  },
  'a fleet ends that was stopped before anything began': {
    before: after(create, open, requestStop, step({ step: 'lookAfterFleet' })),
    run: endFleet,
  },
  'a fleet is ended whose execution died, with a host that drains': {
    before: after(create, open, beginToBlock(0)),
    run: died,
  },
  'a fleet is ended whose execution died, with a host at work': {
    before: after(create, open, begin(0)),
    run: died,
  },
};

describe.each(Object.entries(SCENES))('a crash while %s', (_, scene) => {
  it('after any of its outside calls is made good by the next run', async () => {
    const undisturbed = await played(scene);
    expect(undisturbed.calls).toBeGreaterThan(0);

    for (let n = 1; n <= undisturbed.calls; n++) {
      const crashed = await played(scene, n);

      expect(crashed.end, `crashed after outside call ${n} of ${undisturbed.calls}`).toEqual(undisturbed.end);
    }
  });
});

async function played({ before, run }: { readonly before: Act; readonly run: Act }, crashAfterCall = Infinity) {
  const engine = recordedFleetEngine(['i-0', 'i-1', 'i-2']);
  await before(engine);
  const { ports, calls } = crashAfter(engine, crashAfterCall);
  await run(ports).catch((error: unknown) => {
    if (!(error instanceof Crash)) throw error;
  });
  if (calls() >= crashAfterCall) await run(engine);
  return { calls: calls(), end: endOf(engine) };
}

/** What the outside knows in the end; an application's id is chance. */
function endOf(engine: RecordedFleetEngine): unknown {
  const end = {
    table: engine.table.contents(),
    answers: [...engine.taskTokens.answers],
    executions: [...engine.executions.started],
    suspended: engine.outside.group.suspended,
  };
  return JSON.parse(JSON.stringify(end, (key, value: unknown) => (key === 'applicationId' ? undefined : value)));
}
