/**
 * Zones for new instances: each goes where fewest are, the first of equals in the group's own order.
 * @param populations how many instances each zone has now
 */
export function zonesForLaunches(
  count: number,
  zones: readonly string[],
  populations: ReadonlyMap<string, number>,
): readonly string[] {
  const counts = zones.map((zone) => populations.get(zone) ?? 0);
  return Array.from({ length: zones.length === 0 ? 0 : count }, () => {
    const fewest = counts.indexOf(Math.min(...counts));
    counts[fewest] = (counts[fewest] ?? 0) + 1;
    return zones[fewest] ?? '';
  });
}

/** How many of the things stand in each zone. */
export function populationByZone(things: Iterable<{ readonly availabilityZone: string }>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { availabilityZone } of things) counts.set(availabilityZone, (counts.get(availabilityZone) ?? 0) + 1);
  return counts;
}
