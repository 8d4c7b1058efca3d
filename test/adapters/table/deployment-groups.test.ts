import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { DeploymentGroups } from '../../../adapters/table/deployment-groups.ts';
import {
  aDeploymentGroup,
  anUndeclaredGroup,
  DECLARED_BY,
  REVISION_ONE,
  REVISION_TWO,
  WEB_FLEET,
} from '../../lambdas/doubles/builders.ts';
import { TABLES, type TestedTable } from './tables.ts';

describe.each(Object.entries(TABLES))('deployment groups in %s', (_, open) => {
  let table: TestedTable;
  let groups: DeploymentGroups;

  beforeEach(async () => {
    table = await open();
    groups = table.ports.deploymentGroups;
  });
  afterEach(() => table.close());

  it('are found by name once they are declared', async () => {
    expect(await groups.byName(WEB_FLEET)).toBeUndefined();

    expect(await groups.declare(aDeploymentGroup(), DECLARED_BY)).toBe('declared');
    expect(await groups.byName(WEB_FLEET)).toMatchObject(aDeploymentGroup());
  });

  it('change with their declaration, and forget what it no longer says', async () => {
    await groups.declare(aDeploymentGroup({ instanceRoleArn: 'arn:aws:iam::111122223333:role/Web' }), DECLARED_BY);

    await groups.declare({ ...anUndeclaredGroup(), deploysTerminations: false }, DECLARED_BY);

    const group = await groups.byName(WEB_FLEET);
    expect(group).toMatchObject({ deploysTerminations: false });
    expect(group?.revision).toBeUndefined();
    expect(group?.instanceRoleArn).toBeUndefined();
  });

  it('remember their last successful revision through a change of the declaration', async () => {
    await groups.declare(aDeploymentGroup(), DECLARED_BY);
    await groups.remember(WEB_FLEET, REVISION_ONE);

    await groups.declare(aDeploymentGroup({ revision: REVISION_TWO }), DECLARED_BY);

    expect(await groups.byName(WEB_FLEET)).toMatchObject({
      revision: REVISION_TWO,
      lastSuccessfulRevision: REVISION_ONE,
    });
  });

  it('belong to the stack that declared them first', async () => {
    await groups.declare(aDeploymentGroup(), DECLARED_BY);

    const other = await groups.declare(aDeploymentGroup({ revision: REVISION_TWO }), {
      ...DECLARED_BY,
      stackId: 'other',
    });

    expect(other).toBe('refused');
    expect((await groups.byName(WEB_FLEET))?.revision).toEqual(REVISION_ONE);
  });

  it('outlive the old resource when a stack moves their declaration to another', async () => {
    await groups.declare(aDeploymentGroup(), DECLARED_BY);
    await groups.declare(aDeploymentGroup(), { ...DECLARED_BY, logicalResourceId: 'Moved' });

    await groups.withdraw(WEB_FLEET, DECLARED_BY);

    expect(await groups.byName(WEB_FLEET)).toBeDefined();
  });

  it('go with their declaration, however often it is withdrawn', async () => {
    await groups.declare(aDeploymentGroup(), DECLARED_BY);

    await groups.withdraw(WEB_FLEET, DECLARED_BY);
    await groups.withdraw(WEB_FLEET, DECLARED_BY);

    expect(await groups.byName(WEB_FLEET)).toBeUndefined();
  });

  it('remember nothing once they are gone', async () => {
    await groups.remember(WEB_FLEET, REVISION_ONE);

    expect(await groups.byName(WEB_FLEET)).toBeUndefined();
  });
});
