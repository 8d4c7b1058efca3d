import { z } from 'zod';
import { logGroupArn, type LogsAccount } from '../account.ts';
import type { LogGroup } from '../log-store.ts';
import { operation, optionalText } from '../operation.ts';
import { page } from '../page.ts';

/** Groups by name, 50 at a time unless told otherwise. */
export const describeLogGroups = operation(
  z.object({
    logGroupNamePrefix: z.string().default(''),
    logGroupNamePattern: z.string().default(''),
    nextToken: optionalText,
    limit: z.number().default(50),
  }),
  ({ logGroupNamePrefix, logGroupNamePattern, nextToken, limit }, account: LogsAccount) => {
    const pattern = logGroupNamePattern.toLowerCase();
    const groups = [...account.store.groups.values()]
      .filter(({ name }) => name.startsWith(logGroupNamePrefix) && name.toLowerCase().includes(pattern))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, ...next } = page(groups, nextToken, limit);
    return { logGroups: items.map((group) => describe(group, logGroupArn(account, group.name))), ...next };
  },
);

const describe = (group: LogGroup, arn: string): object => ({
  logGroupName: group.name,
  creationTime: Math.floor(group.createdAt),
  retentionInDays: group.retentionInDays,
  metricFilterCount: 0,
  arn: `${arn}:*`,
  logGroupArn: arn,
  storedBytes: [...group.streams.values()].reduce((sum, { storedBytes }) => sum + storedBytes, 0),
  logGroupClass: 'STANDARD',
});
