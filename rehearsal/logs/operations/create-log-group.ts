import { z } from 'zod';
import { AwsError } from '../../endpoint/service.ts';
import type { LogsAccount } from '../account.ts';
import { operation } from '../operation.ts';

/** @throws AwsError ResourceAlreadyExistsException */
export const createLogGroup = operation(
  z.object({ logGroupName: z.string().min(1) }),
  ({ logGroupName }, { store }: LogsAccount) => {
    if (store.groups.has(logGroupName)) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
    }
    store.group(logGroupName);
  },
);
