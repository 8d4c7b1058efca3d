import type { LaunchGuard } from '../../core/launch-guard/launch-guard.ts';
import { describeRevision, sameRevision } from '../../core/revision.ts';
import type { Target } from '../../core/target.ts';
import type { MemoryDocuments } from '../../test/adapters/table/memory/memory-documents.ts';

/** Watches in the course of a life that a revision is withdrawn for its own failed launches, and for as many as it takes. */
export class GuardWatch {
  readonly complaints: string[] = [];
  readonly #documents: MemoryDocuments;
  readonly #told = new Set<string>();

  constructor(documents: MemoryDocuments) {
    this.#documents = documents;
  }

  /** Looks at what the table answered a function: perhaps a deployment group with revisions that fail. */
  look(answer: unknown): void {
    const { Attributes, Item } = (answer ?? {}) as Readonly<Record<string, Partial<GuardedItem> | undefined>>;
    const { launchGuard, launchFailureLimit = 0 } = Attributes ?? Item ?? {};
    for (const { revision, deploymentIds, withdrawnAt } of launchGuard?.failing ?? []) {
      if (withdrawnAt === undefined) continue;
      const own = deploymentIds.filter((id) => this.#hasFailedWith(id, revision)).length;
      if (own >= launchFailureLimit) continue;
      this.#complain(
        `${describeRevision(revision)} is withdrawn after ${own} of ${launchFailureLimit} failed launches`,
      );
    }
  }

  #hasFailedWith(deploymentId: string, revision: Target['revision']): boolean {
    const targets = this.#documents.itemsOf(`DEPLOYMENT#${deploymentId}`) as unknown as readonly Target[];
    return targets.some(
      (target) => revision && target.revision && target.settlement && sameRevision(target.revision, revision),
    );
  }

  #complain(complaint: string): void {
    if (!this.#told.has(complaint)) this.complaints.push(complaint);
    this.#told.add(complaint);
  }
}

interface GuardedItem {
  readonly launchGuard: LaunchGuard;
  readonly launchFailureLimit: number;
}
