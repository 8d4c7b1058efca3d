import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Table } from '../../../adapters/table/table.ts';
import { targetIdOf } from '../../../core/target-request.ts';
import { aDeploymentGroup, aLaunch, anInPlaceRequest, aTarget, DECLARED_BY } from '../../lambdas/doubles/builders.ts';
import { TABLES, type TestedTable } from './tables.ts';

describe.each(Object.entries(TABLES))('the surroundings of a target in %s', (_, open) => {
  let table: TestedTable;
  beforeEach(async () => {
    table = await open();
  });
  afterEach(() => table.close());

  it('are its record, its host, its deployment group and the places of its fleet', async () => {
    const request = anInPlaceRequest({ targetNumber: 2 });
    const { targets, hosts, deploymentGroups, fleets, surroundings } = table.ports;
    await targets.open(aTarget({ ...targetIdOf(request), request }));
    await hosts.leave(request.instanceId, 'd-TERMINATN');
    await deploymentGroups.declare(aDeploymentGroup(), DECLARED_BY);
    await fleets.open(request.deploymentId, [{ size: 3, mayBeDown: 1, monitorSeconds: 0 }], 1);

    const around = await surroundings.of(request);

    expect(around.target?.request).toEqual(request);
    expect(around.host?.leaving).toBe('d-TERMINATN');
    expect(around.group?.deploymentGroupName).toBe('web-fleet');
    expect(around.places?.waiting).toEqual(new Set([0, 1, 2]));
  });

  it('hold nothing where there are no records', async () => {
    expect(await table.ports.surroundings.of(aLaunch())).toEqual({});
  });
});

describe('several items in one call', () => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const documents = mockClient(client);
  const table = new Table(client, 'slipway');
  const [one, other] = [
    { pk: 'a', sk: '1' },
    { pk: 'b', sk: '2' },
  ];
  beforeEach(() => documents.reset());

  it('are asked for again where DynamoDB leaves some over', async () => {
    documents
      .on(BatchGetCommand)
      .resolvesOnce({
        Responses: { slipway: [{ ...other, is: 'there' }] },
        UnprocessedKeys: { slipway: { Keys: [one] } },
      })
      .resolvesOnce({ Responses: { slipway: [{ ...one, is: 'there too' }] } });

    expect(await table.getAll([one, other])).toEqual([
      { ...one, is: 'there too' },
      { ...other, is: 'there' },
    ]);
    expect(documents.commandCalls(BatchGetCommand)[1]?.args[0].input.RequestItems?.['slipway']?.Keys).toEqual([one]);
  });

  it('are an error that says so when it leaves them over for good', async () => {
    documents.on(BatchGetCommand).resolves({ UnprocessedKeys: { slipway: { Keys: [one] } } });

    await expect(table.getAll([one, other])).rejects.toThrow(
      'DynamoDB left 1 items of slipway unread 6 times in a row',
    );
  });
});
