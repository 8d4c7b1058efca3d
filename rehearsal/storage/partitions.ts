import { readable } from '../endpoint/protocols/json.ts';
import type { AwsRequest, AwsResponse } from '../endpoint/service.ts';
import type { EmbeddedStores } from './embedded-stores.ts';

/** What DynamoDB says to a write on a partition that takes no more at the moment, whatever the table's billing. */
export const HOT_PARTITION: AwsResponse = {
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({
    __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
    message:
      'The level of configured provisioned throughput for the table was exceeded. ' +
      'Consider increasing your provisioning level with the UpdateTable API.',
  }),
};

/** Tells which partition of its table a call writes on. */
export class Partitions {
  readonly #stores: Pick<EmbeddedStores, 'forward'>;
  readonly #keyNames = new Map<string, Promise<string | undefined>>();

  constructor(stores: Pick<EmbeddedStores, 'forward'>) {
    this.#stores = stores;
  }

  /** Names the partition; undefined where a call writes on none, or on many. */
  async writtenBy(request: AwsRequest): Promise<string | undefined> {
    if (!/\.(Put|Update|Delete)Item$/.test(request.headers['x-amz-target'] ?? '')) return undefined;
    const { TableName, Key, Item = Key } = readable(request.body);
    const keyName = await this.#keyNameOf(String(TableName), request);
    const value = keyName === undefined ? undefined : (Item as Record<string, unknown> | undefined)?.[keyName];
    return value === undefined ? undefined : `${String(TableName)} ${JSON.stringify(value)}`;
  }

  #keyNameOf(tableName: string, request: AwsRequest): Promise<string | undefined> {
    const known = this.#keyNames.get(tableName) ?? this.#describe(tableName, request);
    this.#keyNames.set(tableName, known);
    return known;
  }

  async #describe(tableName: string, request: AwsRequest): Promise<string | undefined> {
    const headers = { ...request.headers, 'x-amz-target': 'DynamoDB_20120810.DescribeTable' };
    const body = Buffer.from(JSON.stringify({ TableName: tableName }));
    const described = await this.#stores.forward('dynalite', { ...request, headers }, body);
    const { Table } = readable(described.body as Buffer) as { Table?: { KeySchema?: KeySchema } };
    return Table?.KeySchema?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
  }
}

type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: string }[];
