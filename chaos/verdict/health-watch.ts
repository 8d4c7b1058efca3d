import { stateOfTarget } from '../../core/fleet/target-standing.ts';
import type { TargetList } from '../../core/fleet-deployment.ts';
import type { Target } from '../../core/target.ts';
import type { MemoryDocuments } from '../../test/adapters/table/memory/memory-documents.ts';

const DOWN = ['InProgress', 'Failed', 'Unreachable'];

/**
 * Watches in the course of a life what its end does not show: whenever a host begins to work for a deployment to a fleet,
 * no more of that fleet's living hosts may be down than the deployment allows.
 */
export class HealthWatch {
  readonly complaints: string[] = [];
  readonly #documents: MemoryDocuments;
  readonly #isAlive: (instanceId: string) => boolean;

  constructor(documents: MemoryDocuments, isAlive: (instanceId: string) => boolean) {
    this.#documents = documents;
    this.#isAlive = isAlive;
  }

  /** A host has been given a command of this deployment. */
  look(deploymentId: string): void {
    const items = this.#documents.itemsOf(`DEPLOYMENT#${deploymentId}`);
    const list = items.find(({ sk }) => sk === 'TARGETS') as unknown as TargetList | undefined;
    if (!list) return; // a launch or a termination, which Auto Scaling keeps out of traffic
    const targets = items.filter(({ sk }) => String(sk).startsWith('TARGET#')) as unknown as readonly Target[];
    const down = targets.filter((target) => DOWN.includes(stateOfTarget(target)) && this.#isAlive(target.instanceId));
    if (down.length <= list.mayBeDown) return;
    const ids = down.map(({ instanceId }) => instanceId).join(', ');
    this.complaints.push(`${deploymentId} has ${down.length} hosts down, and ${list.mayBeDown} may be: ${ids}`);
  }
}
