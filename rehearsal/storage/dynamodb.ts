import { AwsError, type AwsRequest, type AwsResponse, type CallNotes, type Service } from '../endpoint/service.ts';
import { jsonService } from '../endpoint/protocols/json.ts';
import { dynamoDbAccess } from './dynamodb-access.ts';
import type { EmbeddedStores } from './embedded-stores.ts';
import { NO_THROTTLES, type Throttles } from '../throttles/throttles.ts';
import { HOT_PARTITION, Partitions } from './partitions.ts';
import { createTimeToLive } from './time-to-live.ts';

/** DynamoDB by dynalite, which asks each call what capacity it consumed and adds what dynalite lacks: time to live. */
export function dynamoDb(
  stores: EmbeddedStores,
  scope: { region: string; accountId: string; throttles: Throttles },
): Service {
  const partitions = new Partitions(stores);
  const forward = async (request: AwsRequest): Promise<AwsResponse> => {
    const partition = scope.throttles === NO_THROTTLES ? undefined : await partitions.writtenBy(request);
    if (partition === undefined) return metered(request, stores);
    if (scope.throttles.isHot(partition)) return HOT_PARTITION;
    const response = await metered(request, stores);
    scope.throttles.written(partition, response.notes?.writeUnits ?? 0);
    return response;
  };
  const ours = jsonService({
    signingNames: ['dynamodb'],
    targetPrefix: 'DynamoDB_20120810',
    version: '1.0',
    operations: createTimeToLive(async (tableName, request) => {
      const body = Buffer.from(JSON.stringify({ TableName: tableName }));
      const headers = { ...request.headers, 'x-amz-target': 'DynamoDB_20120810.DescribeTable' };
      const { status } = await stores.forward('dynalite', { ...request, headers }, body);
      if (status !== 200) {
        throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${tableName} not found`);
      }
    }),
  });

  return {
    signingNames: ['dynamodb'],
    handle: (request) =>
      request.headers['x-amz-target']?.endsWith('TimeToLive') ? ours.handle(request) : forward(request),
    access: (request) => dynamoDbAccess(request, scope),
  };
}

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan'];
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];

async function metered(request: AwsRequest, stores: EmbeddedStores): Promise<AwsResponse> {
  const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
  const reads = READS.includes(operation);
  if (!reads && !WRITES.includes(operation)) return stores.forward('dynalite', request);

  const input = parse(request.body);
  const asked = (input['ReturnConsumedCapacity'] ?? 'NONE') !== 'NONE';
  const body = asked ? request.body : Buffer.from(JSON.stringify({ ...input, ReturnConsumedCapacity: 'TOTAL' }));
  const response = await stores.forward('dynalite', request, body);

  const output = parse(response.body as Buffer);
  const units = response.status === 200 ? unitsOf(output['ConsumedCapacity']) : unitsOfFailure(output);
  const notes: CallNotes = reads ? { readUnits: units } : { writeUnits: units };
  if (asked || response.status !== 200) return { ...response, notes };
  // Nobody asked: the answer leaves it out, and with it the checksum of the longer body.
  const headers = { 'content-type': 'application/x-amz-json-1.0' };
  return { ...response, headers, body: JSON.stringify({ ...output, ConsumedCapacity: undefined }), notes };
}

/** One table's capacity, or in batches a list of them. */
function unitsOf(consumed: unknown): number {
  const tables = (Array.isArray(consumed) ? consumed : [consumed ?? {}]) as { CapacityUnits?: number }[];
  return tables.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}

/** A failed condition costs what the write would have, at least one unit; other errors cost nothing. */
const unitsOfFailure = ({ __type }: Record<string, unknown>): number =>
  String(__type).endsWith('ConditionalCheckFailedException') ? 1 : 0;

function parse(body: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  } catch {
    return {}; // dynalite says what is wrong with it
  }
}
