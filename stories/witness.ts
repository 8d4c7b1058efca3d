import type { JournalEntry, Rehearsal } from '../rehearsal/index.ts';
import type { Fleet } from './fleet.ts';

/** What an instance's application answered in the very moment Auto Scaling put the instance in service. */
export interface InServiceTestimony {
  readonly instanceId: string;
  readonly answer: string | undefined;
}

/** Asks every application over HTTP as soon as its instance is `InService`, which must not be before it answers. */
export class InServiceWitness {
  readonly #testimonies = new Map<string, Promise<InServiceTestimony>>();
  readonly #leave: () => void;

  constructor(rehearsal: Rehearsal, fleet: Fleet) {
    const ask = (instanceId: string): void => {
      if (this.#testimonies.has(instanceId)) return;
      this.#testimonies.set(
        instanceId,
        fleet.askApplication(instanceId).then((answer) => ({ instanceId, answer })),
      );
    };
    const onEntry = (entry: JournalEntry): void => {
      if (entry.kind === 'instance' && entry.lifecycleState === 'InService') ask(entry.instanceId);
    };
    // The first instances may be in service before anyone could listen.
    for (const entry of rehearsal.journal.entries) onEntry(entry);
    this.#leave = rehearsal.journal.follow(onEntry);
  }

  of(instanceId: string): Promise<InServiceTestimony> {
    return this.#testimonies.get(instanceId) ?? Promise.resolve({ instanceId, answer: undefined });
  }

  leave(): void {
    this.#leave();
  }
}
