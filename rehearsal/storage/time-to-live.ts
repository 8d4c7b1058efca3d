import { AwsError, type AwsRequest } from '../endpoint/service.ts';
import type { Operations } from '../endpoint/protocols/operations.ts';

interface Specification {
  readonly AttributeName: string;
  readonly Enabled: boolean;
}

/**
 * Remembers which attribute of a table says when an item expires. Nothing is swept: DynamoDB itself may take days,
 * so that nobody may rely on an expired item being gone.
 * @param assertTable throws when there is no such table
 */
export function createTimeToLive(assertTable: (tableName: string, request: AwsRequest) => Promise<void>): Operations {
  const specifications = new Map<string, Specification>();

  return {
    async UpdateTimeToLive(input, request) {
      const tableName = String(input['TableName']);
      await assertTable(tableName, request);
      const specification = input['TimeToLiveSpecification'] as Specification | undefined;
      if (!specification?.AttributeName) {
        throw new AwsError('ValidationException', 'TimeToLiveSpecification needs an AttributeName');
      }
      specifications.set(tableName, specification);
      return { TimeToLiveSpecification: specification };
    },
    async DescribeTimeToLive(input, request) {
      const tableName = String(input['TableName']);
      await assertTable(tableName, request);
      const { Enabled = false, AttributeName } = specifications.get(tableName) ?? {};
      return {
        TimeToLiveDescription: Enabled
          ? { TimeToLiveStatus: 'ENABLED', AttributeName }
          : { TimeToLiveStatus: 'DISABLED' },
      };
    },
  };
}
