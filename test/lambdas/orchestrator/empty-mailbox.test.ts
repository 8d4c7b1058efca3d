import { beforeEach, describe, expect, it } from 'vitest';

import { handOut } from '../../../core/mailbox/hand-out.ts';
import { newLeg } from '../../../core/mailbox/leg.ts';
import { planFor } from '../../../core/plan.ts';
import { targetIdOf } from '../../../core/target-request.ts';
import { carryOut } from '../../../lambdas/orchestrator/step.ts';
import { emptyMailbox } from '../../../lambdas/orchestrator/steps/empty-mailbox.ts';
import {
  aDeploymentGroup,
  anInPlaceRequest,
  anInstallation,
  aTermination,
  DECLARED_BY,
  REVISION_ONE,
} from '../doubles/builders.ts';
import { NOON, recordedEngine, type RecordedEngine } from '../doubles/recorded-engine.ts';

const request = anInPlaceRequest();
const ID = targetIdOf(request);
const termination = aTermination();
const [inPlaceLeg] = planFor('in-place');
const [farewell] = planFor('termination');

let engine: RecordedEngine;
beforeEach(() => {
  engine = recordedEngine();
});

const leg = () =>
  newLeg(
    { deploymentId: ID.deploymentId, legNumber: 1, events: inPlaceLeg?.events ?? [], toleratedFailures: [] },
    engine.clock(),
  );
const handedOut = () => {
  const taken = handOut(leg(), 'aws', engine.clock());
  return taken === 'unchanged' ? leg() : taken;
};
const legNow = () => engine.table.legOf(ID.instanceId);

describe('a mailbox that is to be emptied', () => {
  it('is empty at once while the host is at no event', async () => {
    await engine.mailboxes.place(ID.instanceId, leg(), 'in-place');

    await emptyMailbox(ID, engine);

    expect(await legNow()).toBeUndefined();
  });

  it('keeps the event that the host is at, and lets none follow', async () => {
    await engine.mailboxes.place(ID.instanceId, handedOut(), 'in-place');

    await emptyMailbox(ID, engine);
    await emptyMailbox(ID, engine);

    expect(await legNow()).toMatchObject({ endsAfter: 1, version: 3 });
  });

  it('waits for no host that is silent', async () => {
    await engine.mailboxes.place(ID.instanceId, handedOut(), 'in-place');
    engine.advance(2 * 3600);

    await emptyMailbox(ID, engine);

    expect(await legNow()).toBeUndefined();
  });

  it('leaves the work of others alone', async () => {
    await engine.mailboxes.place(ID.instanceId, { ...leg(), deploymentId: 'd-OTHER0000' }, 'in-place');

    await emptyMailbox(ID, engine);

    expect((await legNow())?.deploymentId).toBe('d-OTHER0000');
  });
});

describe('the termination of a host that is worked on', () => {
  const begin = () =>
    carryOut(
      {
        step: 'runEvents',
        request: termination,
        legNumber: 1,
        events: farewell?.events ?? [],
        taskToken: 'farewell',
        attempt: 0,
      },
      engine,
    );

  beforeEach(async () => {
    await engine.deploymentGroups.declare(aDeploymentGroup(), DECLARED_BY);
    await engine.hosts.remember(ID.instanceId, anInstallation(REVISION_ONE));
    await carryOut({ step: 'openDeployment', request }, engine);
    await engine.mailboxes.place(ID.instanceId, handedOut(), 'in-place');
    await carryOut({ step: 'openDeployment', request: termination }, engine);
  });

  it('waits for the end of the event that the host is at', async () => {
    await carryOut({ step: 'settleAndRelease', request, error: null }, engine);

    await expect(begin()).rejects.toThrow(`still has work of deployment ${ID.deploymentId}`);

    expect(await engine.targets.byId(ID)).toMatchObject({ status: 'Stopped', stop: { kind: 'Superseded' } });
  });

  it('begins when that host has fallen silent', async () => {
    await carryOut({ step: 'settleAndRelease', request, error: null }, engine);
    engine.advance(2 * 3600);

    await expect(begin()).rejects.toThrow('still has work');
    await begin();

    expect((await legNow())?.deploymentId).toBe(targetIdOf(termination).deploymentId);
    expect(engine.clock()).toBeGreaterThan(NOON);
  });
});

it('what fails on a host that is being terminated is gone, and no failure', async () => {
  await engine.deploymentGroups.declare(aDeploymentGroup(), DECLARED_BY);
  await carryOut({ step: 'openDeployment', request }, engine);
  const failed = { status: 'Failed', startedAtMs: NOON, endedAtMs: NOON } as const;
  await engine.mailboxes.place(ID.instanceId, { ...leg(), results: [failed] }, 'in-place');
  await engine.hosts.leave(ID.instanceId, 'd-FAREWELL0');

  const outcome = await carryOut({ step: 'settleAndRelease', request, error: null }, engine);

  expect(outcome).toMatchObject({ status: 'Stopped', reason: expect.stringContaining('being terminated') });
});
