import type { Service } from '../endpoint/service.ts';
import type { EmbeddedStores } from './embedded-stores.ts';
import type { Policies } from '../permissions/policies.ts';
import { messagingAccess } from './messaging-access.ts';
import { noteQueuePolicy } from './queue-policies.ts';

/**
 * SQS and SNS by fauxqs, and policies of queues. Visibility timeouts and delays pass in rehearsed time; the wait of a long poll
 * is the wall's, as it is the client's connection that waits.
 */
export function messaging(
  stores: EmbeddedStores,
  scope: { policies: Policies; region: string; accountId: string },
): Service {
  return {
    signingNames: ['sqs', 'sns'],
    async handle(request) {
      const response = await stores.forward('fauxqs', request);
      if (response.status === 200) noteQueuePolicy(request, scope);
      return response;
    },
    access: (request) => messagingAccess(request, scope),
  };
}
