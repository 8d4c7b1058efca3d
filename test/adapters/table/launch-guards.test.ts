import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { forgetFailures, NO_FAILURES, noteHeld } from '../../../core/launch-guard/launch-guard.ts';
import { aDeploymentGroup, DECLARED_BY, WEB_FLEET } from '../../lambdas/doubles/builders.ts';
import { TABLES, type TestedTable } from './tables.ts';

describe.each(Object.entries(TABLES))('launch guards in %s', (_, open) => {
  let table: TestedTable;
  const first = { ...NO_FAILURES, version: 1 };
  const second = noteHeld(first, 'web-blue');

  beforeEach(async () => {
    table = await open();
    await table.ports.deploymentGroups.declare(aDeploymentGroup(), DECLARED_BY);
  });
  afterEach(() => table.close());

  const save = (guard: typeof NO_FAILURES | 'unchanged') =>
    table.ports.launchGuards.save(WEB_FLEET, guard === 'unchanged' ? NO_FAILURES : guard);
  const saved = async () => (await table.ports.deploymentGroups.byName(WEB_FLEET))?.launchGuard;

  it('are read with their group, and outlive a change of its declaration', async () => {
    expect(await save(first)).toBe('saved');
    expect(await save(second)).toBe('saved');
    await table.ports.deploymentGroups.declare(aDeploymentGroup({ launchFailureLimit: 5 }), DECLARED_BY);

    expect(await saved()).toEqual({ failing: [], heldGroups: ['web-blue'], version: 2 });
  });

  it('are written over what they were made from, and nothing else', async () => {
    await save(first);

    expect(await save(first)).toBe('refused');
    expect(await save({ ...NO_FAILURES, version: 3 })).toBe('refused');
    expect(forgetFailures(first)).toBe('unchanged');
  });

  it('make no group', async () => {
    const elsewhere = { applicationName: 'web', deploymentGroupName: 'gone' };

    expect(await table.ports.launchGuards.save(elsewhere, first)).toBe('refused');
    expect(await table.ports.deploymentGroups.byName(elsewhere)).toBeUndefined();
  });

  it('tell who has held the launches of an Auto Scaling group', async () => {
    const { launchGuards } = table.ports;
    await launchGuards.addHolder('web-blue', WEB_FLEET);
    await launchGuards.addHolder('web-blue', { ...WEB_FLEET, deploymentGroupName: 'other' });
    await launchGuards.addHolder('web-blue', WEB_FLEET);

    expect((await launchGuards.holdersOf('web-blue')).map(({ deploymentGroupName }) => deploymentGroupName)).toEqual(
      expect.arrayContaining([WEB_FLEET.deploymentGroupName, 'other']),
    );
    expect(await launchGuards.holdersOf('web-blue')).toHaveLength(2);
    expect(await launchGuards.holdersOf('web-green')).toEqual([]);
  });
});
