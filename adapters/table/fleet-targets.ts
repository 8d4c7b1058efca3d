import type { TargetList } from '../../core/fleet-deployment.ts';
import type { TargetStanding } from '../../core/fleet/target-standing.ts';
import type { Target } from '../../core/target.ts';
import { deploymentRecords, TARGET_PREFIX, targetListKey } from './keys.ts';
import type { Page } from './page.ts';
import type { Table } from './table.ts';

/** Who the targets of a deployment to a fleet are, and how those stand that have begun. */
export interface FleetTargets {
  /** Notes who they are, once. @returns those on record, which an earlier call may have chosen otherwise */
  choose(deploymentId: string, targets: TargetList): Promise<TargetList>;
  /** In the order in which they are taken up; undefined before they are chosen. */
  list(deploymentId: string): Promise<TargetList | undefined>;
  /** A page of those that have begun, or were skipped, by their ids; the others have no record. */
  begun(deploymentId: string, after?: string): Promise<Page<Target>>;
  /** The same, with nothing in them but how they stand. */
  standings(deploymentId: string, after?: string): Promise<Page<TargetStanding>>;
}

/** Targets of deployments in the table: a list as one item, and a record of each that has begun. */
export class TableFleetTargets implements FleetTargets {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async choose(deploymentId: string, targets: TargetList): Promise<TargetList> {
    const key = targetListKey(deploymentId);
    const outcome = await this.#table.put(key, { ...targets }, { condition: 'attribute_not_exists(pk)' });
    return outcome === 'done' ? targets : ((await this.list(deploymentId)) ?? targets);
  }

  async list(deploymentId: string): Promise<TargetList | undefined> {
    const item = await this.#table.get(targetListKey(deploymentId));
    if (!item) return undefined;
    const { targetIds, waves, mayBeDown } = item as unknown as TargetList;
    return { targetIds, waves, mayBeDown };
  }

  async begun(deploymentId: string, after?: string): Promise<Page<Target>> {
    return this.#targets<Target>(deploymentId, after, {});
  }

  async standings(deploymentId: string, after?: string): Promise<Page<TargetStanding>> {
    return this.#targets<TargetStanding>(deploymentId, after, {
      only: ['instanceId', 'status', 'stop', 'lifecycleEvents'],
    });
  }

  async #targets<Found>(deploymentId: string, after: string | undefined, selection: { only?: readonly string[] }) {
    const { items, last } = await this.#table.query(deploymentRecords(deploymentId), {
      ...selection,
      prefix: TARGET_PREFIX,
      after: after === undefined ? undefined : TARGET_PREFIX + after,
    });
    return { items: items as unknown as readonly Found[], last: last?.slice(TARGET_PREFIX.length) };
  }
}
