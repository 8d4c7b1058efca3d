import type { AddressInfo } from 'node:net';

import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';

import { TableDeploymentGroups } from '../../../adapters/table/deployment-groups.ts';
import { TableLaunchGuards, type LaunchGuards } from '../../../adapters/table/launch-guards.ts';
import { TableTargets } from '../../../adapters/table/targets.ts';
import { TableFleets } from '../../../adapters/table/fleet-places.ts';
import { TableHosts } from '../../../adapters/table/hosts.ts';
import { TableMailboxes } from '../../../adapters/table/mailboxes.ts';
import { TableSharedActions } from '../../../adapters/table/shared-actions.ts';
import { TableSurroundings } from '../../../adapters/table/surroundings.ts';
import { Table } from '../../../adapters/table/table.ts';
import { LISTS, TARGETS_OF_HOST } from '../../../core/deployment-lists.ts';
import type { Engine } from '../../../lambdas/engine.ts';
import { MemoryTable } from '../../lambdas/doubles/memory-table.ts';

export type Ports = Pick<
  Engine,
  'surroundings' | 'targets' | 'hosts' | 'mailboxes' | 'sharedActions' | 'fleets' | 'deploymentGroups'
> & {
  readonly launchGuards: LaunchGuards;
};

/** What every test of a port is run against. */
export interface TestedTable {
  readonly ports: Ports;
  close(): Promise<void>;
}

export const CLOCK = (): number => Date.parse('2026-05-04T12:00:00.000Z');

/** The table as an embedded DynamoDB keeps it, and as the double in memory does that other tests take for it. */
export const TABLES: Readonly<Record<string, () => Promise<TestedTable>>> = {
  DynamoDB: openDynamoDbTable,
  memory: () => Promise.resolve({ ports: new MemoryTable(CLOCK), close: () => Promise.resolve() }),
};

async function openDynamoDbTable(): Promise<TestedTable> {
  const { table, close } = await openDynamoDb();
  return {
    ports: {
      surroundings: new TableSurroundings(table),
      targets: new TableTargets(table, CLOCK),
      hosts: new TableHosts(table, CLOCK),
      mailboxes: new TableMailboxes(table, CLOCK),
      sharedActions: new TableSharedActions(table, CLOCK),
      fleets: new TableFleets(table, CLOCK),
      deploymentGroups: new TableDeploymentGroups(table, CLOCK),
      launchGuards: new TableLaunchGuards(table),
    },
    close,
  };
}

/** The table in an embedded DynamoDB, with its indexes. */
export async function openDynamoDb(): Promise<{ readonly table: Table; close(): Promise<void> }> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await client.send(new CreateTableCommand({ TableName: 'slipway', ...tableSchema }));
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return {
    table: new Table(documents, 'slipway'),
    close: async () => {
      client.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** The keys and indexes of the table, as `lib/engine/deployment-table.ts` has them. */
export const tableSchema = {
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'ofGroup', 'ofAccount', 'createdAs', 'instanceId', 'openedAt'].map(
    (AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    }),
  ),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    ...Object.values(LISTS).map(({ index, list }) => ({
      IndexName: index,
      KeySchema: [
        { AttributeName: list, KeyType: 'HASH' as const },
        { AttributeName: 'createdAs', KeyType: 'RANGE' as const },
      ],
      Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: ['status'] },
    })),
    {
      IndexName: TARGETS_OF_HOST.index,
      KeySchema: [
        { AttributeName: TARGETS_OF_HOST.list, KeyType: 'HASH' },
        { AttributeName: TARGETS_OF_HOST.sortedBy, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
} satisfies Omit<CreateTableCommandInput, 'TableName'>;
