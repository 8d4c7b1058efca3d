import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

import type { StateChangeEvent } from '../../core/notifications/state-change-event.ts';

/** The account's default event bus. */
export interface EventBus {
  /**
   * Publishes at most ten events.
   * @throws EventsRefused when some were not taken
   */
  put(events: readonly StateChangeEvent[]): Promise<void>;
}

/** EventBridge answers a call with success although it did not take all of its events. */
export class EventsRefused extends Error {
  override readonly name = 'EventsRefused';
}

export class DefaultEventBus implements EventBus {
  readonly #client: EventBridgeClient;

  constructor(client: EventBridgeClient) {
    this.#client = client;
  }

  async put(events: readonly StateChangeEvent[]): Promise<void> {
    const { FailedEntryCount = 0, Entries: results = [] } = await this.#client.send(
      new PutEventsCommand({ Entries: events.map((event) => ({ ...event, Resources: [...event.Resources] })) }),
    );
    if (FailedEntryCount === 0) return;
    const reasons = results.flatMap(({ ErrorCode, ErrorMessage }) =>
      ErrorCode ? [`${ErrorCode}: ${ErrorMessage}`] : [],
    );
    throw new EventsRefused(
      `EventBridge did not take ${FailedEntryCount} of ${events.length} events: ${reasons.join('; ')}`,
    );
  }
}
