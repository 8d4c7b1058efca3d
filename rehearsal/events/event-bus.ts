import { randomUUID } from 'node:crypto';
import type { BusEvent, Ground } from '../part.ts';
import type { Rule, Rules } from './rule.ts';
import type { TargetDelivery } from './target-delivery.ts';

/** An event as targets receive it. */
export interface DeliveredEvent extends BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly account: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
  readonly region: string;
}

/** EventBridge's default bus: finds the rules that match an event, and keeps schedules. */
export class EventBus {
  readonly #ground: Ground;
  readonly #rules: Rules;
  readonly #delivery: TargetDelivery;
  readonly #schedules = new Map<string, () => void>();

  constructor(ground: Ground, rules: Rules, delivery: TargetDelivery) {
    this.#ground = ground;
    this.#rules = rules;
    this.#delivery = delivery;
  }

  /** Publishes an event; delivery goes on in the background. @returns the event's id */
  publish(event: BusEvent, at = this.#ground.clock.now()): string {
    const delivered = this.#complete(event, at);
    for (const rule of this.#rules.all()) {
      if (rule.enabled && rule.matches?.(delivered)) this.#fire(rule, delivered);
    }
    return delivered.id;
  }

  /** Begins to follow a rule's schedule, if it has one; a rule that was followed before is followed anew. */
  follow(rule: Rule): void {
    this.unfollow(rule.name);
    if (!rule.enabled || !rule.schedule) return;
    const { clock } = this.#ground;
    const dueAt = rule.schedule(clock.now());
    if (dueAt === Infinity) return;
    const cancel = clock.after(dueAt - clock.now(), () => {
      this.#fire(rule, this.#complete(scheduledEvent(rule), dueAt));
      this.follow(rule);
    });
    this.#schedules.set(rule.name, cancel);
  }

  unfollow(ruleName: string): void {
    this.#schedules.get(ruleName)?.();
    this.#schedules.delete(ruleName);
  }

  close(): void {
    for (const cancel of this.#schedules.values()) cancel();
    this.#schedules.clear();
  }

  #fire(rule: Rule, event: DeliveredEvent): void {
    for (const target of rule.targets) void this.#delivery.deliver(event, rule, target);
  }

  #complete(event: BusEvent, at: number): DeliveredEvent {
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': event['detail-type'],
      source: event.source,
      account: this.#ground.accountId,
      time: new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
      region: this.#ground.region,
      resources: event.resources,
      detail: event.detail,
    };
  }
}

const scheduledEvent = (rule: Rule): BusEvent => ({
  source: 'aws.events',
  'detail-type': 'Scheduled Event',
  resources: [rule.arn],
  detail: {},
});
