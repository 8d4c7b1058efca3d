import type { TargetStanding } from '../../../core/fleet/target-standing.ts';
import type { FleetEngine } from '../fleet-engine.ts';

/** How all targets of a deployment stand that have a record. */
export async function standingsOf(
  deploymentId: string,
  { fleetTargets }: Pick<FleetEngine, 'fleetTargets'>,
): Promise<readonly TargetStanding[]> {
  const standings: TargetStanding[] = [];
  let after: string | undefined;
  do {
    const page = await fleetTargets.standings(deploymentId, after);
    standings.push(...page.items);
    after = page.last;
  } while (after !== undefined);
  return standings;
}
