import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

import { jsonService } from '../../rehearsal/endpoint/protocols/json.ts';
import { AwsError } from '../../rehearsal/endpoint/service.ts';
import type { Part } from '../../rehearsal/part.ts';
import { MemoryDocuments } from '../adapters/table/memory/memory-documents.ts';

/** A table in memory, for adapters and for machines. */
interface DynamoDbPart {
  readonly part: Part;
  /** What adapters take for the client. */
  readonly client: DynamoDBDocumentClient;
  /** Every call so far, by the name of its command. */
  readonly calls: readonly string[];
}

/** DynamoDB for a test ground. What the machines themselves ask of it comes over HTTP. */
export function createDynamoDbPart(): DynamoDbPart {
  const calls: string[] = [];
  const inMemory = new MemoryDocuments().client();
  const send = (command: UpdateCommand) => {
    calls.push(command.constructor.name);
    return inMemory.send(command);
  };
  const client = { send } as unknown as DynamoDBDocumentClient;
  const service = jsonService({
    signingNames: ['dynamodb'],
    targetPrefix: 'DynamoDB_20120810',
    version: '1.0',
    operations: {
      UpdateItem: async ({ TableName, Key, ExpressionAttributeValues, ...change }) => {
        const update = new UpdateCommand({
          ...change,
          TableName: String(TableName),
          Key: plain(Key),
          ExpressionAttributeValues: plain(ExpressionAttributeValues),
        });
        await client.send(update).catch((error: unknown) => {
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
          throw new AwsError('ConditionalCheckFailedException', error.message);
        });
        return {};
      },
    },
  });
  return { part: { services: [service], resourceTypes: {}, close: () => Promise.resolve() }, client, calls };
}

/** `{ S: 'text' }` as the document client would read it: the machines write texts and truth values alone. */
function plain(attributes: unknown): Record<string, unknown> {
  const entries = Object.entries((attributes ?? {}) as Record<string, object>);
  return Object.fromEntries(entries.map(([name, value]) => [name, Object.values(value)[0] as unknown]));
}
