import type { LifecycleAction } from '../../core/lifecycle-action.ts';
import { expiresAt, sharedActionKey } from './keys.ts';
import type { Table } from './table.ts';

/**
 * Lifecycle actions that several deployments share. Each deployment has its own record; this one is where the lane that
 * watches the host waits meanwhile. The state machine itself writes `heartbeatToken`, on condition of `status`.
 */
export interface SharedActions {
  /** Writes a record unless there is one. */
  open(action: LifecycleAction): Promise<void>;
  /** Ends the wait: no token is left from now on. @returns the token that was left before, again if it is repeated */
  close(action: LifecycleAction): Promise<string | undefined>;
}

/** Shared lifecycle actions in the table, one item each. */
export class TableSharedActions implements SharedActions {
  readonly #table: Table;
  readonly #clock: () => number;

  constructor(table: Table, clock: () => number) {
    this.#table = table;
    this.#clock = clock;
  }

  async open(action: LifecycleAction): Promise<void> {
    await this.#table.put(
      sharedActionKey(action),
      { status: 'InProgress', expiresAt: expiresAt(this.#clock()) },
      { condition: 'attribute_not_exists(pk)' },
    );
  }

  async close(action: LifecycleAction): Promise<string | undefined> {
    const outcome = await this.#table.update(sharedActionKey(action), {
      update: 'SET #status = :completed',
      condition: 'attribute_exists(pk)',
      names: { '#status': 'status' },
      values: { ':completed': 'Completed' },
    });
    return outcome === 'refused' ? undefined : (outcome as { heartbeatToken?: string }).heartbeatToken;
  }
}
