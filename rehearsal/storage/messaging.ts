import type { Service } from '../endpoint/service.ts';
import type { EmbeddedStores } from './embedded-stores.ts';

/**
 * SQS and SNS by fauxqs. Visibility timeouts and delays pass in rehearsed time; the wait of a long poll
 * is the wall's, as it is the client's connection that waits.
 */
export function messaging(stores: EmbeddedStores): Service {
  return { signingNames: ['sqs', 'sns'], handle: (request) => stores.forward('fauxqs', request) };
}
