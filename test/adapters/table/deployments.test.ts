import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Deployments } from '../../../adapters/table/deployments.ts';
import type { Settlement, Stop } from '../../../core/deployment.ts';
import { aDeployment } from '../../lambdas/doubles/builders.ts';
import { TABLES, type TestedTable } from './tables.ts';

const GONE: Stop = { kind: 'LifecycleActionGone', reason: 'it timed out' };
const SUPERSEDED: Stop = { kind: 'Superseded', reason: 'the instance leaves' };
const SUCCESS: Settlement = { status: 'Succeeded', lifecycleActionResult: 'CONTINUE', reason: 'all went well' };
const FAILURE: Settlement = { status: 'Failed', lifecycleActionResult: 'ABANDON', reason: 'something did not' };
const { deploymentId } = aDeployment();
const FIRST_WAIT = { legNumber: 1, attempt: 0, taskToken: 'token-0', lifecycleEvents: [] };

describe.each(Object.entries(TABLES))('deployments in %s', (_, open) => {
  let table: TestedTable;
  let deployments: Deployments;

  beforeEach(async () => {
    table = await open();
    deployments = table.ports.deployments;
  });
  afterEach(() => table.close());

  it('are opened once', async () => {
    const first = await deployments.open(aDeployment({ openedAt: 'first' }));
    const second = await deployments.open(aDeployment({ openedAt: 'second' }));

    expect([first, second]).toEqual(['opened', 'exists']);
    expect((await deployments.byId(deploymentId))?.openedAt).toBe('first');
  });

  it('are unknown before they are opened', async () => {
    expect(await deployments.byId(deploymentId)).toBeUndefined();
    expect(await deployments.awaitLeg(deploymentId, FIRST_WAIT)).toBe('refused');
    expect(await deployments.stop(deploymentId, GONE, [])).toBeUndefined();
    expect(await deployments.settle(aDeployment(), SUCCESS, [])).toBe('refused');
  });

  it('keep the token of the newest attempt to wait, whichever comes last', async () => {
    await deployments.open(aDeployment());

    const newer = await deployments.awaitLeg(deploymentId, { ...FIRST_WAIT, attempt: 1, taskToken: 'token-1' });
    const older = await deployments.awaitLeg(deploymentId, FIRST_WAIT);

    expect([newer, older]).toEqual(['awaited', 'refused']);
    expect((await deployments.byId(deploymentId))?.taskToken).toBe('token-1');
  });

  it('go from leg to leg, and keep the events of those before', async () => {
    await deployments.open(aDeployment());
    await deployments.awaitLeg(deploymentId, { ...FIRST_WAIT, attempt: 3 });
    const events = [{ lifecycleEventName: 'Install', status: 'Succeeded' }] as const;

    const next = await deployments.awaitLeg(deploymentId, {
      legNumber: 2,
      attempt: 0,
      taskToken: 'token-2',
      lifecycleEvents: events,
    });

    expect(next).toBe('awaited');
    expect(await deployments.byId(deploymentId)).toMatchObject({ taskToken: 'token-2', lifecycleEvents: events });
  });

  it('are stopped for the first reason given', async () => {
    await deployments.open(aDeployment());
    await deployments.awaitLeg(deploymentId, FIRST_WAIT);

    await deployments.stop(deploymentId, SUPERSEDED, []);
    const stopped = await deployments.stop(deploymentId, GONE, []);

    expect(stopped).toMatchObject({ stop: SUPERSEDED, taskToken: 'token-0' });
  });

  it('keep the events of the first stop: the mailbox may be empty when the second looks', async () => {
    const events = [{ lifecycleEventName: 'Install', status: 'Unknown' }] as const;
    await deployments.open(aDeployment());

    await deployments.stop(deploymentId, SUPERSEDED, events);
    const stopped = await deployments.stop(deploymentId, GONE, []);

    expect(stopped).toMatchObject({ stop: SUPERSEDED, lifecycleEvents: events });
  });

  it('settle by no verdict that was reached before they were stopped', async () => {
    await deployments.open(aDeployment());
    await deployments.stop(deploymentId, SUPERSEDED, []);

    const unaware = await deployments.settle(aDeployment(), SUCCESS, []);
    const aware = await deployments.settle(aDeployment({ stop: SUPERSEDED }), FAILURE, []);

    expect([unaware, aware]).toEqual(['refused', 'settled']);
  });

  it('wait for no further leg once they are stopped', async () => {
    await deployments.open(aDeployment());
    await deployments.stop(deploymentId, GONE, []);

    expect(await deployments.awaitLeg(deploymentId, FIRST_WAIT)).toBe('refused');
  });

  it('settle once', async () => {
    await deployments.open(aDeployment());

    const first = await deployments.settle(aDeployment(), SUCCESS, []);
    const second = await deployments.settle(aDeployment(), FAILURE, []);

    expect([first, second]).toEqual(['settled', 'refused']);
    expect(await deployments.byId(deploymentId)).toMatchObject({ status: 'Succeeded', settlement: SUCCESS });
  });

  it('neither wait nor stop once they have settled', async () => {
    await deployments.open(aDeployment());
    await deployments.settle(aDeployment(), FAILURE, []);

    expect(await deployments.awaitLeg(deploymentId, FIRST_WAIT)).toBe('refused');
    expect(await deployments.stop(deploymentId, GONE, [])).toBeUndefined();
  });
});
