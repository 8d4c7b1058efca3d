import { z } from 'zod';
import { existingGroup, type LogsAccount } from '../account.ts';
import { logFilter } from '../filter-pattern.ts';
import { operation, optionalText } from '../operation.ts';
import { page } from '../page.ts';
import { eventsWithin, timeRange } from '../time-range.ts';

/**
 * Events of all streams of a group in the order of their time.
 * @throws AwsError ResourceNotFoundException, InvalidParameterException
 */
export const filterLogEvents = operation(
  z.object({
    logGroupName: optionalText,
    logGroupIdentifier: optionalText,
    logStreamNames: z.array(z.string()).optional(),
    logStreamNamePrefix: z.string().default(''),
    filterPattern: z.string().default(''),
    ...timeRange,
    nextToken: optionalText,
    limit: z.number().default(10_000),
  }),
  (input, account: LogsAccount) => {
    const matches = logFilter(input.filterPattern);
    const events = [...existingGroup(account, input).streams.values()]
      .filter(({ name }) => input.logStreamNames?.includes(name) ?? name.startsWith(input.logStreamNamePrefix))
      .flatMap(({ name, events }) =>
        eventsWithin(events, input)
          .filter(({ message }) => matches(message))
          .map((event) => ({ logStreamName: name, ...event })),
      )
      .sort((a, b) => a.timestamp - b.timestamp || (a.eventId < b.eventId ? -1 : 1));
    const { items, ...next } = page(events, input.nextToken, input.limit);
    return { events: items, searchedLogStreams: [], ...next };
  },
);
