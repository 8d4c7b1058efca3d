import { type DeploymentGroup, describeGroup } from '../deployment-group.ts';
import type { HookDirection } from '../lifecycle-hook.ts';
import type { DeploymentGroupName } from '../names.ts';
import type { Finding, Mend } from './finding.ts';
import { mendOf } from './mend-of.ts';
import type { Observation, ObservedAutoScalingGroup, ObservedSharer } from './observation.ts';
import { DIRECTIONS, metadataOf, nameOfHook, ownersIn, ownersOf } from './our-hooks.ts';

/**
 * Whether three things say the same that change one after the other: who wants the hooks of an Auto Scaling group, who
 * shares them on record, and whom they name. A call that broke off in between leaves the hooks as they were until the
 * next change. Of deployment groups of the API alone: those of templates have no such record.
 */
export function examineSharing(group: ObservedAutoScalingGroup, observation: Observation): readonly Finding[] {
  const { autoScalingGroupName } = group;
  const sharers = observation.sharing.get(autoScalingGroupName) ?? [];
  const owners = ownersOf(group, observation).filter(({ settings }) => settings);
  if (owners.length === 0 && sharers.length === 0) return [];
  const clauses = DIRECTIONS.flatMap((direction) => {
    const recorded = namesOf(sharers.filter(({ directions }) => directions.includes(direction)));
    return clausesOn(direction, { recorded, wanted: namesOf(ownersIn(direction, owners)), group, observation });
  });
  if (clauses.length === 0) return [];
  return [
    {
      name: 'HooksOutOfStep',
      autoScalingGroupName,
      problem: `A change of who shares the hooks of ${autoScalingGroupName} broke off, or is under way: ${clauses.join('; ')}.`,
      remedy: 'slipway doctor --fix writes the record and the hooks as the deployment groups have it.',
      mend: mendFor(group, owners, sharers),
    },
  ];
}

interface Sides {
  /** On record, in the order of a launch. */
  readonly recorded: readonly string[];
  readonly wanted: readonly string[];
  readonly group: ObservedAutoScalingGroup;
  readonly observation: Observation;
}

function clausesOn(direction: HookDirection, { recorded, wanted, group, observation }: Sides): readonly string[] {
  const hook = group.hooks.find(({ lifecycleHookName }) => lifecycleHookName === nameOfHook(direction));
  const metadata = hook && metadataOf(hook);
  const known = new Set(observation.deploymentGroups.map(describeGroup));
  // Whom nobody knows is a finding of its own.
  const named = metadata?.deploymentGroups.map(describeGroup).filter((name) => known.has(name));
  const inBoth = recorded.filter((name) => named?.includes(name));
  const asNamed = named?.filter((name) => inBoth.includes(name)) ?? [];
  return [
    ...without(wanted, recorded).map((name) => `${name} has no place on record in its ${direction} hook`),
    ...without(recorded, wanted).map((name) => `${name} has a place on record in its ${direction} hook and wants none`),
    ...without(named ?? [], [...wanted, ...recorded]).map(
      (name) => `its ${direction} hook names ${name}, which wants none`,
    ),
    ...(`${asNamed}` === `${inBoth}`
      ? []
      : [`its ${direction} hook has the order ${asNamed.join(', ')}, and on record is ${inBoth.join(', ')}`]),
  ];
}

/** With no deployment group left, hooks are orphans, and only the record is to be cleared. */
function mendFor(
  group: ObservedAutoScalingGroup,
  owners: readonly DeploymentGroup[],
  sharers: readonly ObservedSharer[],
): Mend {
  const { autoScalingGroupName } = group;
  const nobody = { kind: 'share', autoScalingGroupName, sharers: [] } as const;
  const mend = owners.length > 0 ? mendOf(group, 'launch', owners) : nobody;
  const unwanted = sharers.flatMap(({ directions, ...sharer }) => {
    const wanted = DIRECTIONS.filter((direction) =>
      namesOf(ownersIn(direction, owners)).includes(describeGroup(sharer)),
    );
    const left = directions.filter((direction) => !wanted.includes(direction));
    return left.length > 0 ? [{ ...sharer, directions: left }] : [];
  });
  return mend.kind === 'share' ? { ...mend, unwanted } : mend;
}

function without(names: readonly string[], others: readonly string[]): string[] {
  return names.filter((name) => !others.includes(name));
}

function namesOf(groups: readonly DeploymentGroupName[]): string[] {
  return groups.map(describeGroup);
}
