import { firstOf } from '../../core/fleet/waves.ts';
import { stateOfTarget } from '../../core/fleet/target-standing.ts';
import type { TargetList } from '../../core/fleet-deployment.ts';
import type { Target } from '../../core/target.ts';
import type { MemoryDocuments } from '../../test/adapters/table/memory/memory-documents.ts';

/** In progress, or failed once something had run on it: one that failed before that serves as it did. */
function isDown(target: Target): boolean {
  const state = stateOfTarget(target);
  if (state === 'InProgress') return true;
  const isTouched = target.lifecycleEvents.some(({ status }) => status !== 'Skipped');
  return isTouched && (state === 'Failed' || state === 'Unreachable');
}

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

  /** A host has been given a command of this deployment: as many may be down in the fleet, and in each of its zones. */
  look(deploymentId: string): void {
    const items = this.#documents.itemsOf(`DEPLOYMENT#${deploymentId}`);
    const list = items.find(({ sk }) => sk === 'TARGETS') as unknown as TargetList | undefined;
    if (!list) return; // a launch or a termination, which Auto Scaling keeps out of traffic
    const targets = items.filter(({ sk }) => String(sk).startsWith('TARGET#')) as unknown as readonly Target[];
    const down = targets
      .filter((target) => isDown(target) && this.#isAlive(target.instanceId))
      .map(({ instanceId }) => instanceId);
    this.#compare(deploymentId, down, list.mayBeDown);
    for (const [number, { zone, size, mayBeDown }] of list.waves.entries()) {
      const first = firstOf(list.waves, number);
      const ofZone = list.targetIds.slice(first, first + size);
      const downThere = down.filter((instanceId) => ofZone.includes(instanceId));
      this.#compare(`${deploymentId} in ${zone ?? 'its fleet'}`, downThere, mayBeDown);
      const isLater = (target: Target): boolean => list.targetIds.indexOf(target.instanceId) >= first + size;
      const isBusy = targets.some(({ instanceId, status }) => status === 'InProgress' && ofZone.includes(instanceId));
      if (isBusy && targets.some((target) => isLater(target) && isDown(target)))
        this.complaints.push(`${deploymentId} has begun beyond ${zone ?? 'its fleet'}, where targets are in progress`);
    }
  }

  #compare(where: string, down: readonly string[], mayBeDown: number): void {
    if (down.length <= mayBeDown) return;
    this.complaints.push(`${where} has ${down.length} hosts down, and ${mayBeDown} may be: ${down.join(', ')}`);
  }
}
