import { readable } from '../endpoint/protocols/json.ts';
import type { AwsRequest } from '../endpoint/service.ts';
import type { Access } from '../permissions/access.ts';
import { orAll } from '../permissions/plain-access.ts';

/** Leave for DynamoDB's operations: on the index that is read, or on the tables. */
export function dynamoDbAccess(request: AwsRequest, scope: { region: string; accountId: string }): Access[] {
  const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
  const { TableName, IndexName, RequestItems } = readable(request.body);
  const tables = [...(typeof TableName === 'string' ? [TableName] : []), ...Object.keys(RequestItems ?? {})];
  const index = typeof IndexName === 'string' ? `/index/${IndexName}` : '';
  const resources = tables.map((table) => arnOf(table, scope) + index);
  return [{ action: `dynamodb:${operation}`, resources: orAll(resources) }];
}

const arnOf = (table: string, { region, accountId }: { region: string; accountId: string }): string =>
  table.startsWith('arn:') ? table : `arn:aws:dynamodb:${region}:${accountId}:table/${table}`;
