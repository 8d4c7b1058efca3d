import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { aLaunch } from '../../lambdas/doubles/builders.ts';
import { TABLES, type TestedTable } from './tables.ts';

const launch = aLaunch();

describe.each(Object.entries(TABLES))('shared lifecycle actions in %s', (_, open) => {
  let table: TestedTable;

  beforeEach(async () => {
    table = await open();
  });
  afterEach(() => table.close());

  it('are opened and closed as often as a step is repeated, with no token where none was left', async () => {
    const { sharedActions } = table.ports;
    await sharedActions.open(launch);
    await sharedActions.open(launch);

    expect(await sharedActions.close(launch)).toBeUndefined();
    expect(await sharedActions.close(launch)).toBeUndefined();
  });

  it('need not be there to be closed', async () => {
    expect(await table.ports.sharedActions.close(launch)).toBeUndefined();
  });
});
