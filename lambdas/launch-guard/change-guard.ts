import { setTimeout as pause } from 'node:timers/promises';

import type { DeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import type { LaunchGuards } from '../../adapters/table/launch-guards.ts';
import type { DeploymentGroup } from '../../core/deployment-group.ts';
import { type LaunchGuard, NO_FAILURES } from '../../core/launch-guard/launch-guard.ts';
import type { DeploymentGroupName } from '../../core/names.ts';

export interface GuardRecords {
  readonly deploymentGroups: Pick<DeploymentGroups, 'byName'>;
  readonly launchGuards: LaunchGuards;
}

/** A storm of launches fails at one moment; each of them writes at most once, so that somebody gets on every time. */
const MOST_ATTEMPTS = 12;
const LONGEST_PAUSE_MS = 200;

/** A group as it is after a change of its guard. */
export type GuardedGroup = DeploymentGroup & { readonly launchGuard: LaunchGuard };

/**
 * Changes what a group remembers, as `change` decides. Whoever changed it in between makes the decision void: it is
 * taken again on what is there then.
 * @returns the group as it is afterwards; undefined when there is none
 */
export async function changeGuard(
  name: DeploymentGroupName,
  change: (guard: LaunchGuard) => LaunchGuard | 'unchanged',
  { deploymentGroups, launchGuards }: GuardRecords,
): Promise<GuardedGroup | undefined> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const group = await deploymentGroups.byName(name);
    if (!group) return undefined;
    const { launchGuard = NO_FAILURES } = group;
    const after = change(launchGuard);
    if (after === 'unchanged') return { ...group, launchGuard };
    if ((await launchGuards.save(name, after)) === 'saved') return { ...group, launchGuard: after };
    await pause(Math.random() * LONGEST_PAUSE_MS);
  }
  throw new Error(`The launch guard of ${name.deploymentGroupName} changed ${MOST_ATTEMPTS} times meanwhile`);
}
