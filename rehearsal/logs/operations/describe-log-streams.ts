import { z } from 'zod';
import { existingGroup, logGroupArn, type LogsAccount } from '../account.ts';
import type { LogStream } from '../log-store.ts';
import { operation, optionalText } from '../operation.ts';
import { page } from '../page.ts';

/** @throws AwsError ResourceNotFoundException */
export const describeLogStreams = operation(
  z.object({
    logGroupName: optionalText,
    logGroupIdentifier: optionalText,
    logStreamNamePrefix: z.string().default(''),
    orderBy: z.enum(['LogStreamName', 'LastEventTime']).default('LogStreamName'),
    descending: z.boolean().default(false),
    nextToken: optionalText,
    limit: z.number().default(50),
  }),
  (input, account: LogsAccount) => {
    const group = existingGroup(account, input);
    const streams = [...group.streams.values()]
      .filter(({ name }) => name.startsWith(input.logStreamNamePrefix))
      .sort(input.orderBy === 'LastEventTime' ? byLastEvent : byName);
    if (input.descending) streams.reverse();
    const { items, ...next } = page(streams, input.nextToken, input.limit);
    const arn = logGroupArn(account, group.name);
    return { logStreams: items.map((stream) => describe(stream, arn)), ...next };
  },
);

const byName = (a: LogStream, b: LogStream): number => (a.name < b.name ? -1 : 1);
const byLastEvent = (a: LogStream, b: LogStream): number => lastTimestamp(a) - lastTimestamp(b);
const lastTimestamp = ({ events }: LogStream): number => events.at(-1)?.timestamp ?? 0;

const describe = ({ name, createdAt, events, storedBytes }: LogStream, groupArn: string): object => ({
  logStreamName: name,
  creationTime: Math.floor(createdAt),
  firstEventTimestamp: events[0]?.timestamp,
  lastEventTimestamp: events.at(-1)?.timestamp,
  lastIngestionTime: events.at(-1)?.ingestionTime,
  uploadSequenceToken: String(events.length),
  arn: `${groupArn}:log-stream:${name}`,
  storedBytes,
});
