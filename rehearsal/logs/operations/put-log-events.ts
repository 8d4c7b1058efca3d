import { z } from 'zod';
import { existingStream, type LogsAccount } from '../account.ts';
import { operation } from '../operation.ts';

/** @throws AwsError ResourceNotFoundException */
export const putLogEvents = operation(
  z.object({
    logGroupName: z.string(),
    logStreamName: z.string(),
    logEvents: z.array(z.object({ timestamp: z.number(), message: z.string() })),
  }),
  (input, account: LogsAccount) => {
    const stream = existingStream(account, input);
    for (const { timestamp, message } of input.logEvents) {
      account.store.append(input.logGroupName, stream.name, message, timestamp);
    }
    return { nextSequenceToken: String(stream.events.length) };
  },
);
