import { z } from 'zod';
import { existingStream, type LogsAccount } from '../account.ts';
import { operation, optionalText } from '../operation.ts';
import { eventsWithin, timeRange } from '../time-range.ts';

/**
 * Events of one stream: the latest, or the first with `startFromHead`. A page at either end returns its own token.
 * @throws AwsError ResourceNotFoundException
 */
export const getLogEvents = operation(
  z.object({
    logGroupName: optionalText,
    logGroupIdentifier: optionalText,
    logStreamName: z.string(),
    startFromHead: z.boolean().default(false),
    ...timeRange,
    nextToken: optionalText,
    limit: z.number().default(10_000),
  }),
  (input, account: LogsAccount) => {
    const events = eventsWithin(existingStream(account, input).events, input);
    const start = startOf(input.nextToken, input.startFromHead ? 0 : events.length - input.limit, input.limit);
    const items = events.slice(start, start + input.limit);
    return {
      events: items.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      nextForwardToken: `f/${start + items.length}`,
      nextBackwardToken: `b/${start}`,
    };
  },
);

/** A forward token tells where the next page begins, a backward token where it ends. */
function startOf(token: string | undefined, otherwise: number, limit: number): number {
  const [direction, position] = token?.split('/') ?? ['f', String(otherwise)];
  return Math.max(0, Number(position) - (direction === 'b' ? limit : 0));
}
