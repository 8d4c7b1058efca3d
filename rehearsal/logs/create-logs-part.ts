import { z } from 'zod';
import type { ResourceType } from '../cloudformation/resource-type.ts';
import { jsonService } from '../endpoint/protocols/json.ts';
import type { Ground, Part } from '../part.ts';
import { logsAccess } from './access.ts';
import { logGroupArn } from './account.ts';
import { LogStore } from './log-store.ts';
import { operationsOn } from './operation.ts';
import { createLogGroup } from './operations/create-log-group.ts';
import { createLogStream } from './operations/create-log-stream.ts';
import { describeLogGroups } from './operations/describe-log-groups.ts';
import { describeLogStreams } from './operations/describe-log-streams.ts';
import { filterLogEvents } from './operations/filter-log-events.ts';
import { getLogEvents } from './operations/get-log-events.ts';
import { putLogEvents } from './operations/put-log-events.ts';
import { declared, NOT_BILLED, NOTHING_IS_ENCRYPTED, type PropertyTable } from '../cloudformation/property-table.ts';

/** CloudWatch Logs; `store` is where functions and state machines write without a client. */
export function createLogsPart(ground: Ground): Part & { readonly store: LogStore } {
  const store = new LogStore(() => ground.clock.now());
  const account = { store, region: ground.region, accountId: ground.accountId };
  return {
    store,
    services: [
      jsonService({
        signingNames: ['logs'],
        targetPrefix: 'Logs_20140328',
        version: '1.1',
        operations: operationsOn(account, {
          CreateLogGroup: createLogGroup,
          CreateLogStream: createLogStream,
          DescribeLogGroups: describeLogGroups,
          DescribeLogStreams: describeLogStreams,
          FilterLogEvents: filterLogEvents,
          GetLogEvents: getLogEvents,
          PutLogEvents: putLogEvents,
        }),
        access: logsAccess(ground),
      }),
    ],
    resourceTypes: declared(
      { 'AWS::Logs::LogGroup': logGroupType(store, ground), 'AWS::Logs::ResourcePolicy': acceptedType },
      PROPERTIES,
    ),
    close: () => Promise.resolve(),
  };
}

function logGroupType(store: LogStore, ground: Ground): ResourceType {
  const schema = z.object({ LogGroupName: z.string().optional(), RetentionInDays: z.coerce.number().optional() });
  const provisioned = (name: string) => ({
    physicalId: name,
    attributes: { Arn: `${logGroupArn(ground, name)}:*` },
  });
  const retain = (name: string, days: number | undefined): void => {
    const group = store.group(name);
    if (days === undefined) delete group.retentionInDays;
    else group.retentionInDays = days;
  };
  return {
    async create(properties, context) {
      const { LogGroupName: name = context.generateName(512), RetentionInDays } = schema.parse(properties);
      retain(name, RetentionInDays);
      return provisioned(name);
    },
    async update(name, properties) {
      retain(name, schema.parse(properties).RetentionInDays);
      return provisioned(name);
    },
    async delete(name) {
      store.groups.delete(name);
    },
  };
}

const PROPERTIES = {
  'AWS::Logs::LogGroup': {
    honoured: ['LogGroupName', 'RetentionInDays'],
    withoutEffect: {
      [NOTHING_IS_ENCRYPTED]: ['KmsKeyId'],
      [NOT_BILLED]: ['LogGroupClass', 'Tags'],
      'lines are kept as they come': ['DataProtectionPolicy', 'FieldIndexPolicies'],
    },
  },
  'AWS::Logs::ResourcePolicy': {
    honoured: [],
    withoutEffect: { 'policies of log groups are not judged': ['PolicyDocument', 'PolicyName'] },
  },
} satisfies Record<string, PropertyTable>;

const acceptedType: ResourceType = {
  create: async (_, context) => ({ physicalId: context.generateName() }),
  update: async (physicalId) => ({ physicalId }),
};
