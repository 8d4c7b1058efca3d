import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { TableDeploymentList } from '../../../adapters/table/deployment-list.ts';
import { TableFleetDeployments } from '../../../adapters/table/fleet-deployments.ts';
import { TableFleetTargets } from '../../../adapters/table/fleet-targets.ts';
import { TableGroupDeployments } from '../../../adapters/table/group-deployments.ts';
import { TableTargets } from '../../../adapters/table/targets.ts';
import { deploymentGroupIdFor } from '../../../core/identifiers.ts';
import { aFleetDeployment } from '../../lambdas/doubles/a-fleet-deployment.ts';
import { aTarget, WEB_FLEET } from '../../lambdas/doubles/builders.ts';
import { NOON } from '../../lambdas/doubles/recorded-engine.ts';
import { CLOCK, openDynamoDb } from './tables.ts';

const NOTHING = { Pending: 0, InProgress: 0, Succeeded: 0, Failed: 0, Skipped: 0, Ready: 0 };
const SUCCESS = { status: 'Succeeded' } as const;
const FAILURE = { status: 'Failed', errorInformation: { code: 'HEALTH_CONSTRAINTS', message: 'too many' } } as const;

describe('deployments to fleets', () => {
  let database: Awaited<ReturnType<typeof openDynamoDb>>;
  let deployments: TableFleetDeployments;
  let fleetTargets: TableFleetTargets;
  let groups: TableGroupDeployments;
  let list: TableDeploymentList;
  let group = 0;
  let next: (changes?: Parameters<typeof aFleetDeployment>[0]) => ReturnType<typeof aFleetDeployment>;

  beforeAll(async () => {
    database = await openDynamoDb();
    deployments = new TableFleetDeployments(database.table);
    fleetTargets = new TableFleetTargets(database.table);
    groups = new TableGroupDeployments(database.table);
    list = new TableDeploymentList(database.table);
  });
  afterAll(() => database.close());

  /** Each test has a group of its own. */
  beforeEach(() => {
    const deploymentGroupId = `group-${(group += 1)}`;
    let number = 0;
    next = (changes = {}) =>
      aFleetDeployment({ deploymentGroupId, deploymentId: `d-G${group}N${(number += 1)}`, ...changes });
  });

  it('are created once, however often', async () => {
    const order = next();

    await deployments.create(order);
    await deployments.start(order.deploymentId, 1, NOON + 1);
    const again = await deployments.create(order);

    expect(again).toEqual({ activeDeploymentId: order.deploymentId });
    expect(await deployments.byId(order.deploymentId)).toEqual({
      ...order,
      status: 'InProgress',
      startedAtMs: NOON + 1,
      targetCount: 1,
    });
  });

  it('are refused while another has the group', async () => {
    const [first, second] = [next(), next()];
    await deployments.create(first);

    const refused = await deployments.create(second);

    expect(refused).toEqual({ activeDeploymentId: first.deploymentId });
    expect(await deployments.byId(second.deploymentId)).toBeUndefined();
  });

  it('take the group from one that ended without giving it free', async () => {
    const [first, second] = [next(), next()];
    await deployments.create(first);
    await deployments.end(first.deploymentId, FAILURE, NOTHING, NOON);

    const created = await deployments.create(second);

    expect(created).toEqual({ activeDeploymentId: second.deploymentId });
  });

  it('take the group from one that broke off before it had a record', async () => {
    const order = next();
    await groups.take(order.deploymentGroupId, 'd-BROKENOFF', NOON - 61_000);

    expect(await deployments.create(order)).toEqual({ activeDeploymentId: order.deploymentId });
  });

  it('are handed the group by the one before', async () => {
    const [first, rollback] = [next(), next({ creator: 'codeDeployRollback' })];
    await deployments.create(first);

    await deployments.create(rollback, first.deploymentId);
    await groups.release(first.deploymentGroupId, first.deploymentId);

    expect(await groups.history(first.deploymentGroupId)).toMatchObject({ activeDeploymentId: rollback.deploymentId });
  });

  it('end once, and never begin again', async () => {
    const { deploymentId } = await created();

    const first = await deployments.end(deploymentId, FAILURE, NOTHING, NOON + 2);
    const second = await deployments.end(deploymentId, SUCCESS, NOTHING, NOON + 3);

    expect(first).toMatchObject({ status: 'Failed', errorInformation: FAILURE.errorInformation, overview: NOTHING });
    expect(second).toBe('refused');
    expect(await deployments.start(deploymentId, 0, NOON)).toBe('refused');
    expect(await deployments.requestStop(deploymentId, { atMs: NOON })).toBe('refused');
  });

  it('keep the first request to stop', async () => {
    const { deploymentId } = await created();

    await deployments.requestStop(deploymentId, { atMs: NOON, rollBack: true });
    const second = await deployments.requestStop(deploymentId, { atMs: NOON + 1 });

    expect(second).toMatchObject({ stopRequest: { atMs: NOON, rollBack: true } });
  });

  it('know all of their targets, and those that have begun', async () => {
    const { deploymentId } = await created();
    const chosen = { targetIds: ['i-2', 'i-1'], waves: [{ size: 2, mayBeDown: 2, monitorSeconds: 0 }], mayBeDown: 1 };
    await fleetTargets.choose(deploymentId, chosen);
    const again = await fleetTargets.choose(deploymentId, { ...chosen, targetIds: ['i-3'] });
    await new TableTargets(database.table, CLOCK).open(aTarget({ deploymentId, instanceId: 'i-1' }));

    expect(again).toEqual(chosen);
    expect(await fleetTargets.list(deploymentId)).toEqual(chosen);
    expect(await fleetTargets.standings(deploymentId)).toEqual({
      items: [{ instanceId: 'i-1', status: 'InProgress', lifecycleEvents: [] }],
      last: undefined,
    });
    expect((await fleetTargets.begun(deploymentId)).items).toMatchObject([{ deploymentId, lifecycleEvents: [] }]);
  });

  it('are linked to what follows them', async () => {
    const { deploymentId } = await created();

    await deployments.link(deploymentId, { rollbackInfo: { rollbackDeploymentId: 'd-ROLLBACK1' } });

    expect(await deployments.byId(deploymentId)).toMatchObject({
      rollbackInfo: { rollbackDeploymentId: 'd-ROLLBACK1' },
    });
  });

  it('are the last of their group, unless a later one is', async () => {
    const { deploymentGroupId, revision } = next();
    const past = { status: 'Succeeded', revision, fileExistsBehavior: 'DISALLOW' } as const;

    await groups.succeeded(deploymentGroupId, { ...past, deploymentId: 'd-2', createdAtMs: 2 });
    await groups.succeeded(deploymentGroupId, { ...past, deploymentId: 'd-1', createdAtMs: 1 });
    await groups.attempted(deploymentGroupId, { ...past, deploymentId: 'd-3', createdAtMs: 3 });

    expect(await groups.history(deploymentGroupId)).toMatchObject({
      lastSuccessful: { deploymentId: 'd-2' },
      lastAttempted: { deploymentId: 'd-3' },
    });
  });

  it('are listed newest first, by group, status and time', async () => {
    const orders = [next({ createdAtMs: NOON }), next({ createdAtMs: NOON + 1 }), next({ createdAtMs: NOON + 2 })];
    for (const order of orders) {
      await deployments.create(order);
      await deployments.end(order.deploymentId, order === orders[1] ? SUCCESS : FAILURE, NOTHING, NOON);
    }
    const [first, second, third] = orders.map(({ deploymentId }) => deploymentId);
    const ofGroup = { deploymentGroupId: next().deploymentGroupId, limit: 10 };

    const page = await list.ids({ ...ofGroup, limit: 2 });

    expect(page.items).toEqual([third, second]);
    expect((await list.ids({ ...ofGroup, after: page.last })).items).toEqual([first]);
    expect((await list.ids({ ...ofGroup, statuses: ['Failed'] })).items).toEqual([third, first]);
    expect((await list.ids({ ...ofGroup, fromMs: NOON + 1, toMs: NOON + 1 })).items).toEqual([second]);
    expect((await list.ids({ limit: 1000 })).items).toEqual(expect.arrayContaining([first, second, third]));
  });

  it('are listed with those of single hosts that launch or leave', async () => {
    await new TableTargets(database.table, CLOCK).open(aTarget({ deploymentId: 'd-LAUNCH001', status: 'Skipped' }));

    const ofGroup = { deploymentGroupId: deploymentGroupIdFor(WEB_FLEET), limit: 10 };

    expect((await list.ids(ofGroup)).items).toContain('d-LAUNCH001');
    expect((await list.ids({ ...ofGroup, statuses: ['Succeeded'] })).items).toEqual(['d-LAUNCH001']);
  });

  async function created() {
    const order = next();
    await deployments.create(order);
    return order;
  }
});
