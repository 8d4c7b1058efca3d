import type { Sizes } from '../capacity/sizes.ts';
import type { TerminationPolicy } from '../capacity/termination-choice.ts';
import type { WarmPoolBounds } from '../capacity/warm-pool-size.ts';
import type { LifecycleHook } from '../lifecycle/lifecycle-hook.ts';
import type { PoolState } from '../lifecycle/lifecycle-state.ts';
import { countsTowardDesired, isInWarmPool } from '../lifecycle/lifecycle-state.ts';
import type { Member } from '../lifecycle/member.ts';
import type { Process } from './process.ts';

export interface GroupTag {
  readonly key: string;
  readonly value: string;
  readonly propagateAtLaunch: boolean;
}

/** Where an instance goes: a subnet or, without subnets, a zone alone. */
export interface Place {
  readonly availabilityZone: string;
  readonly subnetId?: string;
}

/** Instances that are kept ready besides those that serve. */
export interface WarmPool extends WarmPoolBounds {
  readonly poolState: PoolState;
  /** Whether instances that are scaled in go into the pool, as long as it has room. */
  readonly reuseOnScaleIn: boolean;
  readonly deleting: boolean;
}

/** What a caller may set on a group and change later. */
export interface GroupSettings {
  readonly launchTemplate: { readonly id: string; readonly name: string; readonly version: string };
  readonly places: readonly Place[];
  readonly healthCheckType: string;
  readonly healthCheckGracePeriodSeconds: number;
  readonly defaultCooldownSeconds: number;
  readonly terminationPolicies: readonly TerminationPolicy[];
  readonly newInstancesProtectedFromScaleIn: boolean;
  readonly capacityRebalance?: boolean;
  readonly defaultInstanceWarmupSeconds?: number;
  readonly maxInstanceLifetimeSeconds?: number;
}

/** An Auto Scaling group: what it was told, and what it has. */
export interface AutoScalingGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  settings: GroupSettings;
  sizes: Sizes;
  readonly tags: Map<string, GroupTag>;
  readonly hooks: Map<string, LifecycleHook>;
  readonly members: Map<string, Member>;
  readonly targetGroupArns: Set<string>;
  /** Target groups in which a member was healthy once: their verdicts count from then on. */
  readonly provenTargetGroups: Set<string>;
  /** By process, with the reason that Describe calls show. */
  readonly suspended: Map<Process, string>;
  readonly enabledMetrics: Set<string>;
  /** What changed the desired capacity last; the causes of the activities that follow begin with it. */
  trigger?: string;
  deleting: boolean;
  warmPool?: WarmPool;
}

/** Members that fill a place of the desired capacity. */
export const countedMembers = ({ members }: AutoScalingGroup): Member[] =>
  [...members.values()].filter(({ lifecycleState }) => countsTowardDesired(lifecycleState));

/** Members of the warm pool, those that enter or leave it included. */
export const warmMembers = ({ members }: AutoScalingGroup): Member[] =>
  [...members.values()].filter(({ lifecycleState }) => isInWarmPool(lifecycleState));

/** The first place of each zone, in the group's own order. */
export function placesByZone({ settings }: AutoScalingGroup): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const place of settings.places) {
    if (!places.has(place.availabilityZone)) places.set(place.availabilityZone, place);
  }
  return places;
}

export const runs = ({ suspended }: AutoScalingGroup, process: Process): boolean => !suspended.has(process);
