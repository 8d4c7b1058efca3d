import type { EventDetails, HistoryEvent } from './history-event.ts';

/** Most events that one execution may have; the last is always the one that ends it. */
const MOST_EVENTS = 25_000;

/** What happened in one execution, in order. Ids count from 1. */
export class History {
  readonly events: HistoryEvent[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Only the event that ends the execution still fits. */
  get isFull(): boolean {
    return this.events.length >= MOST_EVENTS - 1;
  }

  /** @returns the id of the new event */
  add(type: string, previousEventId: number, details?: EventDetails): number {
    const id = this.events.length + 1;
    this.events.push({ id, previousEventId, type, at: this.#now(), ...(details && { details }) });
    return id;
  }
}
