import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { alwaysReplacing } from '../../cloudformation/replacing.ts';
import { changedProperties } from '../../cloudformation/changed-properties.ts';
import type {
  Properties,
  ProvisionedResource,
  ResourceContext,
  ResourceType,
} from '../../cloudformation/resource-type.ts';

const SHAPE = [
  'TableName',
  'AttributeDefinitions',
  'KeySchema',
  'GlobalSecondaryIndexes',
  'LocalSecondaryIndexes',
] as const;

/** `AWS::DynamoDB::Table`, and `AWS::DynamoDB::GlobalTable` with its replica in this Region. Every table is on demand: throttling by provisioned throughput is not played. */
export function tableType(dynamoDb: DynamoDBClient): ResourceType {
  const create = async (properties: Properties, context: ResourceContext): Promise<ProvisionedResource> => {
    if (properties['StreamSpecification']) {
      throw new Error('The embedded DynamoDB has no streams: StreamSpecification cannot be played');
    }
    const tableName = String(properties['TableName'] ?? context.generateName(255));
    const shape = Object.fromEntries(SHAPE.map((name) => [name, properties[name]])) as Partial<CreateTableCommandInput>;
    await dynamoDb.send(
      new CreateTableCommand({
        ...shape,
        GlobalSecondaryIndexes: shape.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
          IndexName,
          KeySchema,
          Projection,
        })),
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    await expireBy(tableName, properties);
    return describe(tableName);
  };

  const expireBy = async (tableName: string, { TimeToLiveSpecification }: Properties): Promise<void> => {
    if (!TimeToLiveSpecification) return;
    const specification = TimeToLiveSpecification as { AttributeName: string; Enabled: boolean | string };
    await dynamoDb.send(
      new UpdateTimeToLiveCommand({
        TableName: tableName,
        TimeToLiveSpecification: { ...specification, Enabled: String(specification.Enabled) === 'true' },
      }),
    );
  };

  const describe = async (tableName: string): Promise<ProvisionedResource> => {
    const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName: tableName }));
    return { physicalId: tableName, attributes: { Arn: Table?.TableArn, TableId: Table?.TableId } };
  };

  return {
    create,
    async update(tableName, properties, previous, context) {
      const changed = changedProperties(previous, properties);
      if (changed.some((name) => SHAPE.includes(name as (typeof SHAPE)[number]))) {
        return alwaysReplacing(create)(tableName, properties, previous, context);
      }
      if (changed.includes('StreamSpecification')) return create(properties, context); // says why not
      if (changed.includes('TimeToLiveSpecification')) await expireBy(tableName, properties);
      return describe(tableName);
    },
    async delete(tableName) {
      await dynamoDb.send(new DeleteTableCommand({ TableName: tableName }));
    },
  };
}
