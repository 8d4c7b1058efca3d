import type { EventDetails } from '../history/history-event.ts';
import type { MapItem } from './thread.ts';
import { Aborted } from './execution.ts';
import { Scope } from './scope.ts';
import { Thread } from './thread.ts';

/** Threads that run side by side below another; the first that fails ends the rest. */
export class ThreadGroup {
  readonly #parent: Thread;
  readonly #controller = new AbortController();
  readonly #abort = (): void => {
    this.#controller.abort(this.#parent.signal.reason);
  };

  constructor(parent: Thread) {
    this.#parent = parent;
    parent.signal.addEventListener('abort', this.#abort, { once: true });
    if (parent.signal.aborted) this.#abort();
  }

  get failed(): boolean {
    return this.#controller.signal.aborted;
  }

  /**
   * Runs `work` on a new thread, which sees the parent's variables and follows `lastEventId`.
   * @throws the error of `work`; the parent then stands at the event where it failed
   */
  async run<Result>(
    work: (thread: Thread) => Promise<Result>,
    options: { mapItem?: MapItem; iteration?: EventDetails; lastEventId?: number; onFailure?: () => void } = {},
  ): Promise<Result> {
    const parent = this.#parent;
    const thread = new Thread(parent.engine, parent.execution, {
      signal: this.#controller.signal,
      scope: new Scope(parent.scope),
      mapItem: options.mapItem ?? parent.mapItem,
      iteration: options.iteration,
      lastEventId: options.lastEventId ?? parent.lastEventId,
    });
    parent.children.add(thread);
    try {
      const result = await work(thread);
      // The parent goes on after whatever happened last below it.
      parent.lastEventId = thread.lastEventId;
      parent.children.delete(thread);
      return result;
    } catch (error) {
      if (!this.failed) this.#fail(thread, options.onFailure);
      throw error;
    }
  }

  #fail(thread: Thread, onFailure?: () => void): void {
    this.#controller.abort(new Aborted('A sibling failed'));
    if (this.#parent.signal.aborted) return;
    this.#parent.lastEventId = thread.lastEventId;
    onFailure?.();
    this.#parent.abandonChildren(thread);
  }

  /** Lets go of the parent. */
  end(): void {
    this.#parent.signal.removeEventListener('abort', this.#abort);
  }
}
