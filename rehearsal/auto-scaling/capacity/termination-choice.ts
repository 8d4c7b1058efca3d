import type { Member } from '../lifecycle/member.ts';

/** Termination policies that are played; `Default` is the oldest launch template, then the oldest launch. */
export const TERMINATION_POLICIES = [
  'Default',
  'OldestInstance',
  'NewestInstance',
  'OldestLaunchTemplate',
  'OldestLaunchConfiguration',
  'ClosestToNextInstanceHour',
  'AllocationStrategy',
] as const;
export type TerminationPolicy = (typeof TERMINATION_POLICIES)[number];

type Order = (a: Member, b: Member) => number;
const oldest: Order = (a, b) => a.joinedAtMs - b.joinedAtMs;
const oldestTemplate: Order = (a, b) => a.launchTemplate.version - b.launchTemplate.version;
const indifferent: Order = () => 0;

const ORDERS: Readonly<Record<TerminationPolicy, Order>> = {
  Default: oldestTemplate,
  OldestInstance: oldest,
  NewestInstance: (a, b) => oldest(b, a),
  OldestLaunchTemplate: oldestTemplate,
  // All instances of a rehearsal come from launch templates, are billed alike, and none is Spot.
  OldestLaunchConfiguration: indifferent,
  ClosestToNextInstanceHour: indifferent,
  AllocationStrategy: indifferent,
};

/**
 * Chooses members to terminate when a group scales in: from the zone with most of them, then by the policies in
 * their order. Where AWS draws lots in the end, the oldest launch goes, so that a rehearsal repeats itself.
 * @param members that count toward the desired capacity; protected ones are spared
 * @returns at most `count` members; fewer when the others are protected
 */
export function chooseToTerminate(
  members: readonly Member[],
  count: number,
  policies: readonly TerminationPolicy[] = ['Default'],
): readonly Member[] {
  const orders = [...policies.map((policy) => ORDERS[policy]), oldest];
  const byPolicy: Order = (a, b) => orders.reduce((decided, order) => decided || order(a, b), 0);
  const zones = byZone(members).map((zone) => ({
    population: zone.length,
    candidates: zone.filter(({ protectedFromScaleIn }) => !protectedFromScaleIn).sort(byPolicy),
  }));

  const chosen: Member[] = [];
  while (chosen.length < count) {
    const open = zones.filter(({ candidates }) => candidates.length > 0);
    const fullest = open.sort((a, b) => b.population - a.population || byFirst(a, b, byPolicy))[0];
    const next = fullest?.candidates.shift();
    if (!fullest || !next) break;
    fullest.population -= 1;
    chosen.push(next);
  }
  return chosen;
}

interface Zone {
  readonly candidates: readonly Member[];
}

/** Between zones equally full, the policies compare the members that would go. */
function byFirst({ candidates: [a] }: Zone, { candidates: [b] }: Zone, order: Order): number {
  return a && b ? order(a, b) : 0;
}

function byZone(members: readonly Member[]): Member[][] {
  const zones = new Map<string, Member[]>();
  for (const member of members) {
    const zone = zones.get(member.availabilityZone) ?? [];
    zones.set(member.availabilityZone, zone);
    zone.push(member);
  }
  return [...zones.values()];
}
