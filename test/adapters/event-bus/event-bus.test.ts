import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';

import { DefaultEventBus, EventsRefused } from '../../../adapters/event-bus/event-bus.ts';
import { EVENT_SOURCE } from '../../../core/notifications/state-change-event.ts';

const eventBridge = mockClient(EventBridgeClient);
const bus = new DefaultEventBus(new EventBridgeClient({}));
const EVENT = { Source: EVENT_SOURCE, DetailType: 'News', Detail: '{}', Resources: ['arn:aws:…:web'] } as const;

beforeEach(() => eventBridge.reset());

describe('the default event bus', () => {
  it('gets events in one call', async () => {
    eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });

    await bus.put([EVENT, EVENT]);

    expect(eventBridge.call(0).args[0].input).toEqual({ Entries: [EVENT, EVENT] });
  });

  it('says which it did not take, though the call succeeded', async () => {
    eventBridge.on(PutEventsCommand).resolves({
      FailedEntryCount: 1,
      Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' }],
    });

    const put = bus.put([EVENT, EVENT]);

    await expect(put).rejects.toThrow(EventsRefused);
    await expect(put).rejects.toThrow('1 of 2 events: ThrottlingException: Rate exceeded');
  });
});
