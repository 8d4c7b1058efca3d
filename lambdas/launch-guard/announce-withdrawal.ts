import type { EventBus } from '../../adapters/event-bus/event-bus.ts';
import type { Topics } from '../../adapters/sns/topics.ts';
import { newsOfWithdrawal, type Withdrawal } from '../../core/launch-guard/withdrawal-news.ts';
import type { Home } from '../../core/notifications/home.ts';
import type { Trigger } from '../../core/notifications/trigger-events.ts';
import type { Telemetry } from '../telemetry.ts';

/** Tells people of a revision that is launched no more. That nobody can be told fails nothing. */
export type AnnounceWithdrawal = (withdrawal: Withdrawal, triggers: readonly Trigger[]) => Promise<void>;

interface Media {
  readonly topics: Topics;
  readonly eventBus: EventBus;
  readonly telemetry: Telemetry;
  readonly home: Home;
  /** The topic of the engine's alarms, to which whoever is on call has subscribed. */
  readonly operators: string;
}

export function announceBy({ topics, eventBus, telemetry, home, operators }: Media): AnnounceWithdrawal {
  return async (withdrawal, triggers) => {
    const { events, messages } = newsOfWithdrawal(withdrawal, { home, triggers }, operators);
    const ends = await Promise.allSettled([
      eventBus.put(events),
      ...messages.map(({ topicArn, ...message }) => topics.publish(topicArn, message)),
    ]);
    for (const end of ends) {
      if (end.status === 'fulfilled') continue;
      telemetry.count('NotificationsFailed');
      telemetry.error('a withdrawn revision could not be announced', end.reason, { ...withdrawal.group });
    }
  };
}
