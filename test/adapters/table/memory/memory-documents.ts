import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

import { type Attributes, meets, updated } from './expressions.ts';

interface Guard {
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, unknown> | undefined;
}

/** Is given every call, and decides when it takes place: to count, to crash, to let others go first. */
export type Around = (call: () => unknown) => Promise<unknown>;

/**
 * DynamoDB in memory, behind the document client: the adapters that ship run on it, conditions and all, a hundred times
 * as fast as on a server. Each call takes effect at one moment.
 */
export class MemoryDocuments {
  readonly #items: Map<string, Attributes>;
  readonly #around: Around;

  constructor(around: Around = (call) => Promise.resolve().then(call), items = new Map<string, Attributes>()) {
    this.#around = around;
    this.#items = items;
  }

  /** The same table for another caller. */
  seenThrough(around: Around): MemoryDocuments {
    return new MemoryDocuments(around, this.#items);
  }

  /** The items of a partition, without a call. */
  itemsOf(pk: string): readonly Attributes[] {
    return [...this.#items.values()].filter((item) => item['pk'] === pk);
  }

  /** All items, without a call. */
  all(): readonly Attributes[] {
    return [...this.#items.values()];
  }

  /** What adapters take for the client. */
  client(): DynamoDBDocumentClient {
    const send = (command: unknown) => this.#around(() => structuredClone(this.#carryOut(command)));
    return { send } as unknown as DynamoDBDocumentClient;
  }

  /** Everything in the table, in an order and a form that can be compared. */
  contents(): Record<string, unknown> {
    const items = [...this.#items].toSorted(([one], [other]) => (one < other ? -1 : 1));
    return JSON.parse(JSON.stringify(Object.fromEntries(items), setsAsLists)) as Record<string, unknown>;
  }

  #carryOut(command: unknown): Attributes {
    if (command instanceof GetCommand) return { Item: this.#items.get(idOf(command.input.Key)) };
    if (command instanceof BatchGetCommand) return this.#batch(command.input);
    if (command instanceof QueryCommand) return this.#query(command.input);
    if (command instanceof PutCommand) {
      const { Item: item = {} } = command.input;
      const id = idOf(item);
      this.#guard(id, command.input);
      this.#items.set(id, plain(item));
      return {};
    }
    if (command instanceof DeleteCommand) {
      const id = idOf(command.input.Key);
      this.#guard(id, command.input);
      this.#items.delete(id);
      return {};
    }
    if (command instanceof UpdateCommand) {
      const { Key, UpdateExpression = '', ...guard } = command.input;
      const id = idOf(Key);
      this.#guard(id, guard);
      const item = updated(UpdateExpression, this.#items.get(id) ?? { ...Key }, substitutes(guard));
      this.#items.set(id, item);
      return { Attributes: item };
    }
    throw new Error(`The table is not asked for ${String(command)}`);
  }

  #batch({ RequestItems = {} }: BatchGetCommandInput): Attributes {
    const found = ({ Keys = [] }: { Keys?: Attributes[] | undefined }) =>
      Keys.flatMap((key) => this.#items.get(idOf(key)) ?? []);
    return {
      Responses: Object.fromEntries(Object.entries(RequestItems).map(([table, wanted]) => [table, found(wanted)])),
    };
  }

  #guard(id: string, guard: Guard): void {
    const { ConditionExpression: condition } = guard;
    if (condition === undefined || meets(condition, this.#items.get(id) ?? {}, substitutes(guard))) return;
    throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
  }

  #query(query: QueryCommandInput): Attributes {
    const { KeyConditionExpression = '', FilterExpression, ExclusiveStartKey: start, Limit = Infinity } = query;
    const sortKey = query.IndexName === undefined ? 'sk' : 'createdAs';
    const direction = query.ScanIndexForward === false ? -1 : 1;
    const found = [...this.#items.values()]
      .filter((item) => meets(KeyConditionExpression, item, substitutes(query)))
      .toSorted((one, other) => direction * (String(one[sortKey]) < String(other[sortKey]) ? -1 : 1));
    const from = start ? found.findIndex((item) => idOf(item) === idOf(start)) + 1 : 0;
    const page = found.slice(from, from + Limit);
    const last = from + Limit < found.length ? page.at(-1) : undefined;
    return {
      Items: page
        .filter((item) => FilterExpression === undefined || meets(FilterExpression, item, substitutes(query)))
        .map((item) => projected(item, query)),
      ...(last && { LastEvaluatedKey: { pk: last['pk'], sk: last['sk'] } }),
    };
  }
}

function substitutes({ ExpressionAttributeNames, ExpressionAttributeValues }: Guard) {
  return { names: ExpressionAttributeNames, values: ExpressionAttributeValues && plain(ExpressionAttributeValues) };
}

function projected(item: Attributes, { ProjectionExpression, ExpressionAttributeNames = {} }: QueryCommandInput) {
  if (ProjectionExpression === undefined) return item;
  const wanted = ProjectionExpression.split(', ').map((name) => ExpressionAttributeNames[name] ?? name);
  return Object.fromEntries(Object.entries(item).filter(([name]) => wanted.includes(name)));
}

function setsAsLists(_: string, value: unknown): unknown {
  return value instanceof Set ? [...value].toSorted() : value;
}

function idOf(item: Attributes | undefined): string {
  return `${String(item?.['pk'])} ${String(item?.['sk'])}`;
}

/** As the client's `removeUndefinedValues` leaves it. */
function plain<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(plain) as Value;
  if (typeof value !== 'object' || value === null || value instanceof Set) return structuredClone(value);
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([name, member]) => [name, plain(member)])) as Value;
}
