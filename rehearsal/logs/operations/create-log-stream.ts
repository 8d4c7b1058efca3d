import { z } from 'zod';
import { AwsError } from '../../endpoint/service.ts';
import { existingGroup, type LogsAccount } from '../account.ts';
import { operation } from '../operation.ts';

/** @throws AwsError ResourceNotFoundException, ResourceAlreadyExistsException */
export const createLogStream = operation(
  z.object({ logGroupName: z.string(), logStreamName: z.string().min(1) }),
  (input, account: LogsAccount) => {
    const { name, streams } = existingGroup(account, input);
    if (streams.has(input.logStreamName)) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    }
    account.store.stream(name, input.logStreamName);
  },
);
