import { setTimeout as pause } from 'node:timers/promises';

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

import type { Key } from './keys.ts';
import type { Page } from './page.ts';

/** Attributes of an item, as the document client gives them. */
export type Item = Readonly<Record<string, unknown>>;

/** An update and the condition it is guarded by, in DynamoDB's expressions. */
export interface Change {
  readonly update: string;
  readonly condition?: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Item;
}

/** Which items of a partition are wanted, in the order of their sort keys. */
export interface Selection {
  /** @default all of the partition */
  readonly prefix?: string;
  /** The sort key that the last page ended with. */
  readonly after?: string | undefined;
  /** Most items of a page. @default as many as DynamoDB gives at once, which is a megabyte */
  readonly limit?: number;
  readonly newestFirst?: boolean;
  /** The attributes wanted. @default all */
  readonly only?: readonly string[];
}

/** Which items of an index are wanted; the newest come first. */
export interface IndexSelection {
  readonly index: string;
  /** The attribute that says which list an item is in, and its value. */
  readonly list: string;
  readonly value: string;
  /** The attribute that the list is in the order of. @default createdAs */
  readonly sortedBy?: string;
  /** Bounds of that attribute, both within. */
  readonly from: string;
  readonly to: string;
  /** Only items of which this attribute is one of these. */
  readonly attribute?: string;
  readonly oneOf?: readonly string[];
  /** Where the last page ended. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The table in seven calls. A failed condition is an outcome, `refused`, not an error. */
export class Table {
  readonly #client: DynamoDBDocumentClient;
  readonly #tableName: string;

  constructor(client: DynamoDBDocumentClient, tableName: string) {
    this.#client = client;
    this.#tableName = tableName;
  }

  /** @param options a read is strongly consistent unless it may be stale by a moment, for half the price */
  async get(key: Key, options: { mayBeStale?: boolean } = {}): Promise<Item | undefined> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#tableName, Key: key, ConsistentRead: !options.mayBeStale }),
    );
    return Item;
  }

  /**
   * Several items in one call, each strongly consistent, though not all of one moment.
   * @param keys at most 100, each once
   * @returns in the order of the keys
   * @throws ReadsLeftOver when DynamoDB keeps leaving some out, as it does under too many requests
   */
  async getAll(keys: readonly Key[]): Promise<readonly (Item | undefined)[]> {
    const found = new Map<string, Item>();
    let wanted = keys;
    for (let attempt = 0; wanted.length > 0; attempt += 1) {
      if (attempt === MOST_BATCHES) throw new ReadsLeftOver(this.#tableName, wanted.length);
      if (attempt > 0) await pause(FIRST_PAUSE_MS * 2 ** attempt * Math.random());
      const { Responses, UnprocessedKeys } = await this.#client.send(
        new BatchGetCommand({ RequestItems: { [this.#tableName]: { Keys: [...wanted], ConsistentRead: true } } }),
      );
      for (const item of Responses?.[this.#tableName] ?? []) found.set(textOf(item), item);
      wanted = (UnprocessedKeys?.[this.#tableName]?.Keys ?? []) as unknown as readonly Key[];
    }
    return keys.map((key) => found.get(textOf(key)));
  }

  /** One page of a partition, strongly consistent. A page may be empty though others follow: look at `last`. */
  async query(pk: string, { prefix, after, limit, newestFirst, only }: Selection = {}): Promise<Page<Item>> {
    const { Items, LastEvaluatedKey } = await this.#client.send(
      new QueryCommand({
        TableName: this.#tableName,
        KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': pk, ...(prefix !== undefined && { ':prefix': prefix }) },
        ConsistentRead: true,
        ScanIndexForward: !newestFirst,
        ...(limit !== undefined && { Limit: limit }),
        ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
        ...(only && {
          ProjectionExpression: only.map((_, place) => `#only${place}`).join(', '),
          ExpressionAttributeNames: Object.fromEntries(only.map((name, place) => [`#only${place}`, name])),
        }),
      }),
    );
    return { items: Items ?? [], last: LastEvaluatedKey && String(LastEvaluatedKey['sk']) };
  }

  /** One page of an index, which may lag behind by a moment. A page may be empty though others follow. */
  async queryIndex(selection: IndexSelection): Promise<Page<Item>> {
    const { index, list, value, sortedBy = 'createdAs', from, to, attribute, oneOf = [], after, limit } = selection;
    const { Items, LastEvaluatedKey } = await this.#client.send(
      new QueryCommand({
        TableName: this.#tableName,
        IndexName: index,
        KeyConditionExpression: '#list = :list AND #order BETWEEN :from AND :to',
        ExpressionAttributeNames: {
          '#list': list,
          '#order': sortedBy,
          ...(attribute !== undefined && { '#attribute': attribute }),
        },
        ExpressionAttributeValues: {
          ':list': value,
          ':from': from,
          ':to': to,
          ...Object.fromEntries(oneOf.map((wanted, place) => [`:wanted${place}`, wanted])),
        },
        ...(attribute !== undefined && {
          FilterExpression: `#attribute IN (${oneOf.map((_, place) => `:wanted${place}`).join(', ')})`,
        }),
        ScanIndexForward: false,
        Limit: limit,
        ...(after !== undefined && { ExclusiveStartKey: JSON.parse(after) as Item }),
      }),
    );
    return { items: Items ?? [], last: LastEvaluatedKey && JSON.stringify(LastEvaluatedKey) };
  }

  async put(key: Key, item: Item, guard: Omit<Change, 'update'>): Promise<'done' | 'refused'> {
    const outcome = await unlessRefused(
      this.#client.send(
        new PutCommand({ TableName: this.#tableName, Item: { ...item, ...key }, ...expressions(guard) }),
      ),
    );
    return outcome === 'refused' ? 'refused' : 'done';
  }

  /** @returns the item as it is after the update */
  async update(key: Key, change: Change): Promise<Item | 'refused'> {
    const outcome = await unlessRefused(
      this.#client.send(
        new UpdateCommand({
          TableName: this.#tableName,
          Key: key,
          UpdateExpression: change.update,
          ReturnValues: 'ALL_NEW',
          ...expressions(change),
        }),
      ),
    );
    return outcome === 'refused' ? 'refused' : (outcome.Attributes ?? {});
  }

  async delete(key: Key, guard: Omit<Change, 'update'>): Promise<'done' | 'refused'> {
    const outcome = await unlessRefused(
      this.#client.send(new DeleteCommand({ TableName: this.#tableName, Key: key, ...expressions(guard) })),
    );
    return outcome === 'refused' ? 'refused' : 'done';
  }
}

/** DynamoDB took some of the keys of a batch and left the others over, again and again. */
class ReadsLeftOver extends Error {
  override readonly name = 'ReadsLeftOver';

  constructor(tableName: string, count: number) {
    super(`DynamoDB left ${count} items of ${tableName} unread ${MOST_BATCHES} times in a row; try again`);
  }
}

const MOST_BATCHES = 6;
const FIRST_PAUSE_MS = 25;

function textOf({ pk, sk }: Item): string {
  return JSON.stringify([pk, sk]);
}

function expressions({ condition, names, values }: Omit<Change, 'update'>) {
  return {
    ...(condition !== undefined && { ConditionExpression: condition }),
    ...(names && { ExpressionAttributeNames: names }),
    ...(values && { ExpressionAttributeValues: values }),
  };
}

async function unlessRefused<Output>(call: Promise<Output>): Promise<Output | 'refused'> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'refused';
    throw error;
  }
}
