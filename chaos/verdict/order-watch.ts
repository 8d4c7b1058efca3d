import { endsTheInstance } from '../../core/lifecycle-action.ts';
import { isLifecycleAction } from '../../core/target-request.ts';
import type { Target } from '../../core/target.ts';
import type { MemoryDocuments } from '../../test/adapters/table/memory/memory-documents.ts';

/** A command may have been on its way to its host when another deployment began, and be late. */
const ON_ITS_WAY_MS = 120_000;

/** Watches in the course of a life that the deployments to a host follow one another, and none its last one. */
export class OrderWatch {
  readonly complaints: string[] = [];
  readonly #documents: MemoryDocuments;
  readonly #clock: () => number;
  /** The deployment that a host is at, by instance id. */
  readonly #at = new Map<string, string>();

  constructor(documents: MemoryDocuments, clock: () => number) {
    this.#documents = documents;
    this.#clock = clock;
  }

  /** A host begins a lifecycle event. */
  look(deploymentId: string, instanceId: string): void {
    const target = this.#target(deploymentId, instanceId);
    const before = this.#at.get(instanceId) ?? deploymentId;
    this.#at.set(instanceId, deploymentId);
    const other = this.#target(before, instanceId);
    if (before !== deploymentId && other && !other.settlement && !other.stop)
      this.complaints.push(`${instanceId} begins with ${deploymentId}, and ${before} is not over`);
    const farewell = this.#farewellOf(instanceId);
    if (!target || !farewell || isFarewell(target)) return;
    if (Date.parse(farewell.openedAt) + ON_ITS_WAY_MS < this.#clock())
      this.complaints.push(`${instanceId} begins with ${deploymentId}, and leaves with ${farewell.deploymentId}`);
  }

  #target(deploymentId: string, instanceId: string): Target | undefined {
    const items = this.#documents.itemsOf(`DEPLOYMENT#${deploymentId}`);
    return items.find(({ sk }) => sk === `TARGET#${instanceId}`) as unknown as Target | undefined;
  }

  #farewellOf(instanceId: string): Target | undefined {
    const targets = this.#documents.all().filter(({ sk }) => sk === `TARGET#${instanceId}`);
    return (targets as unknown as readonly Target[]).find(isFarewell);
  }
}

function isFarewell({ request }: Target): boolean {
  return isLifecycleAction(request) && endsTheInstance(request);
}
