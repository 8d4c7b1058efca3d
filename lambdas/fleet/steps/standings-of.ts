import type { TargetStanding } from '../../../core/fleet/target-standing.ts';
import type { FleetEngine } from '../fleet-engine.ts';

/** How all targets of a deployment stand that have a record. */
export async function standingsOf(
  deploymentId: string,
  { deployments }: Pick<FleetEngine, 'deployments'>,
): Promise<readonly TargetStanding[]> {
  const standings: TargetStanding[] = [];
  let after: string | undefined;
  do {
    const page = await deployments.standings(deploymentId, after);
    standings.push(...page.items);
    after = page.last;
  } while (after !== undefined);
  return standings;
}
