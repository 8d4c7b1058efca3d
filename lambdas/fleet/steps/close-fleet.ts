import type { FleetEngine } from '../fleet-engine.ts';

/** Closes the books of a fleet whose targets have all ended, and releases the lane that watches. */
export async function closeFleet(
  deploymentId: string,
  { fleets, taskTokens }: Pick<FleetEngine, 'fleets' | 'taskTokens'>,
): Promise<void> {
  const places = await fleets.close(deploymentId);
  if (places?.watchToken !== undefined) await taskTokens.answer(places.watchToken, {});
}
