import type { Service } from '../endpoint/service.ts';
import type { EmbeddedStores } from './embedded-stores.ts';
import { messagingAccess } from './messaging-access.ts';

/**
 * SQS and SNS by fauxqs. Visibility timeouts and delays pass in rehearsed time; the wait of a long poll
 * is the wall's, as it is the client's connection that waits.
 */
export function messaging(stores: EmbeddedStores, scope: { region: string; accountId: string }): Service {
  return {
    signingNames: ['sqs', 'sns'],
    handle: (request) => stores.forward('fauxqs', request),
    access: (request) => messagingAccess(request, scope),
  };
}
