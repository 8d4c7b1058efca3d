import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import dynalite from 'dynalite';
import { afterAll, beforeAll, beforeEach } from 'vitest';

import type { RevisionBundles } from '../../../adapters/revision-bundles/revision-bundles.ts';
import { Table } from '../../../adapters/table/table.ts';
import type { Ports } from '../../../api/operation.ts';
import { answerUrl } from '../../../lambdas/api/answer-url.ts';
import { portsOn } from '../../../lambdas/api/connect.ts';
import { tableSchema } from '../../adapters/table/tables.ts';
import { RecordedTelemetry } from '../../lambdas/doubles/recorded-engine.ts';
import { functionAppSpec } from './app-specs.ts';
import { watchExceptions } from './watch-exceptions.ts';

export const HOOK_TARGET = {
  lifecycleQueueArn: 'arn:aws:sqs:us-east-1:111122223333:lifecycle-actions',
  hookRoleArn: 'arn:aws:iam::111122223333:role/hooks',
};

export const STATE_MACHINE_ARN = 'arn:aws:states:us-east-1:111122223333:stateMachine:InstanceDeployment';

export const FLEET_MACHINE_ARN = 'arn:aws:states:us-east-1:111122223333:stateMachine:FleetDeployment';

/** The API as clients meet it: over HTTP, on a table of DynamoDB’s. */
export interface ServedApi {
  /** CodeDeploy’s public client, on this API. */
  readonly client: CodeDeployClient;
  /** `http://127.0.0.1:…`, for requests that no client would send. */
  readonly url: string;
  /** What the API itself speaks to. */
  ports: Ports;
  readonly table: Table;
  readonly telemetry: RecordedTelemetry;
  /** What the API takes for now, in milliseconds since the epoch; tests may move it. */
  nowMs: number;
}

/** Whatever is asked for is there, and right: of servers, or of functions. */
const RIGHT_BUNDLES: RevisionBundles = {
  readAppSpec: (revision) => {
    const isFile = revision.RevisionType === 'S3' && ['YAML', 'JSON'].includes(revision.S3Location.BundleType);
    const text = isFile ? functionAppSpec() : 'version: 0.0\nos: linux\n';
    return Promise.resolve({ kind: 'read', path: 'appspec.yml', text, state: undefined });
  },
};

/**
 * Serves the API to the tests of a file, each of which begins with an empty table.
 * @param revisionBundles where revisions lie
 * @returns to be read within tests only
 */
export function serveApi(revisionBundles: RevisionBundles = RIGHT_BUNDLES): ServedApi {
  const served = { nowMs: 0 } as { -readonly [Part in keyof ServedApi]: ServedApi[Part] };
  const database = dynalite({ createTableMs: 0 });
  const exceptions = watchExceptions();
  const front = createServer((request, response) => {
    const answered = text(request).then((body) =>
      answerUrl(urlEvent(request.headers, body), served.ports, served.telemetry),
    );
    void answered.then((result) => {
      if (typeof result === 'string') throw new Error('The API answers with a status, always');
      exceptions.see(request.headers, result.headers ?? {});
      response.writeHead(result.statusCode ?? 200, result.headers as Record<string, string>).end(result.body);
    });
  });
  let dynamoDb: DynamoDBClient;
  let tables = 0;

  beforeAll(async () => {
    dynamoDb = new DynamoDBClient({ ...SETTINGS, endpoint: await listen(database) });
    served.url = await listen(front);
    served.client = new CodeDeployClient({ ...SETTINGS, endpoint: served.url, maxAttempts: 1 });
  });
  beforeEach(async () => {
    served.table = await createTable(dynamoDb, `slipway-${tables++}`);
    served.nowMs = Date.parse('2026-05-04T12:00:00.250Z');
    served.telemetry = new RecordedTelemetry();
    served.ports = portsOn({
      table: served.table,
      hookTarget: HOOK_TARGET,
      instanceArnPrefix: 'arn:aws:codedeploy:us-east-1:123456789012:instance/',
      fleetMachineArn: FLEET_MACHINE_ARN,
      stateMachineArn: STATE_MACHINE_ARN,
      revisionBundles,
      gitHubTokens: { names: ['acme'] },
      clock: () => served.nowMs,
      telemetry: served.telemetry,
    });
  });
  afterAll(async () => {
    served.client.destroy();
    dynamoDb.destroy();
    await close(front);
    await close(database);
  });
  return served;
}

const SETTINGS = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

async function createTable(client: DynamoDBClient, TableName: string): Promise<Table> {
  await client.send(new CreateTableCommand({ TableName, ...tableSchema }));
  return new Table(
    DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    TableName,
  );
}

/** The event that Lambda makes of a request to a function URL: this type of content is no text to it. */
function urlEvent(headers: NodeJS.Dict<string | string[]>, body: string): LambdaFunctionURLEvent {
  return {
    headers,
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
    requestContext: { requestId: 'c0ffee00-0000-4000-8000-000000000000', accountId: '123456789012' },
  } as unknown as LambdaFunctionURLEvent;
}

async function listen(server: Pick<Server, 'listen' | 'address'>): Promise<string> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Pick<Server, 'close'>): Promise<void> {
  await new Promise((closed) => server.close(closed));
}
