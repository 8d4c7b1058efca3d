import type { DeleteResourcesByExternalIdInput } from '@aws-sdk/client-codedeploy';

import type { Operation } from '../operation.ts';

/** Purges what a CloudFormation stack had CodeDeploy deploy. No stack does so here, and so there is nothing to purge. */
export const deleteResourcesByExternalId: Operation<DeleteResourcesByExternalIdInput, object> = {
  input: { externalId: 'text' },

  run: () => Promise.resolve({}),
};
