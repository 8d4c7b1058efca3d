import { z } from 'zod';
import { flag, listOf, texts, wholeNumber } from '../../ec2/input.ts';
import { TERMINATION_POLICIES } from '../capacity/termination-choice.ts';
import { notPlayed, validationError } from '../faults.ts';
import type { Surroundings } from '../surroundings.ts';
import type { GroupSettings, GroupTag } from './auto-scaling-group.ts';

export const groupName = z
  .string()
  .min(1)
  .max(1600)
  .regex(/^[\u0021-\u007e\s]+$/);
export const tagInput = z.object({
  ResourceId: z.string().optional(),
  ResourceType: z.string().optional(),
  Key: z.string().min(1).max(128),
  Value: z.string().max(256).default(''),
  PropagateAtLaunch: flag.default(false),
});

/** Members that groups have on AWS and that would change what happens: better refused than ignored. */
const UNPLAYED = [
  'LaunchConfigurationName',
  'MixedInstancesPolicy',
  'InstanceId',
  'InstanceLifecyclePolicy',
  'LoadBalancerNames',
];

const healthCheckType = z
  .string()
  .refine(
    (types) => types.split(',').every((type) => ['EC2', 'ELB', 'EBS', 'VPC_LATTICE'].includes(type)),
    'Member must be EC2, ELB, EBS, VPC_LATTICE or a list of them',
  );

/** What CreateAutoScalingGroup and UpdateAutoScalingGroup have in common. */
export const groupInput = z.looseObject({
  AutoScalingGroupName: groupName,
  MinSize: wholeNumber.min(0).optional(),
  MaxSize: wholeNumber.min(0).optional(),
  DesiredCapacity: wholeNumber.min(0).optional(),
  LaunchTemplate: z
    .object({
      LaunchTemplateId: z.string().optional(),
      LaunchTemplateName: z.string().optional(),
      Version: z.coerce.string().default('$Default'),
    })
    .optional(),
  VPCZoneIdentifier: z.string().optional(),
  AvailabilityZones: texts.optional(),
  HealthCheckType: healthCheckType.optional(),
  HealthCheckGracePeriod: wholeNumber.min(0).optional(),
  DefaultCooldown: wholeNumber.min(0).optional(),
  TerminationPolicies: listOf(z.enum(TERMINATION_POLICIES)).optional(),
  NewInstancesProtectedFromScaleIn: flag.optional(),
  CapacityRebalance: flag.optional(),
  DefaultInstanceWarmup: wholeNumber.min(-1).optional(),
  MaxInstanceLifetime: wholeNumber.min(0).optional(),
});
type GroupInput = z.output<typeof groupInput>;

const DEFAULTS = {
  healthCheckType: 'EC2',
  healthCheckGracePeriodSeconds: 0,
  defaultCooldownSeconds: 300,
  terminationPolicies: ['Default'],
  newInstancesProtectedFromScaleIn: false,
} as const;

/**
 * Settings after a change; before it there were none if the group is new.
 * @throws AwsError ValidationError for a template, subnet or feature that is not there
 */
export function mergeSettings(
  before: GroupSettings | undefined,
  input: GroupInput,
  around: Surroundings,
): GroupSettings {
  const unplayed = UNPLAYED.find((name) => (input[name] ?? '').toString() !== '');
  if (unplayed) throw notPlayed(`${unplayed} of an Auto Scaling group; use a launch template and target groups`);
  const launchTemplate = templateOf(input, around) ?? before?.launchTemplate;
  if (!launchTemplate) throw validationError('Valid requests must contain a launch template.');
  const places = placesOf(input, around) ?? before?.places;
  if (!places || places.length === 0) {
    throw validationError('At least one Availability Zone or VPC Subnet is required.');
  }
  const given = {
    healthCheckType: input.HealthCheckType,
    healthCheckGracePeriodSeconds: input.HealthCheckGracePeriod,
    defaultCooldownSeconds: input.DefaultCooldown,
    terminationPolicies: input.TerminationPolicies,
    newInstancesProtectedFromScaleIn: input.NewInstancesProtectedFromScaleIn,
    capacityRebalance: input.CapacityRebalance,
    defaultInstanceWarmupSeconds: input.DefaultInstanceWarmup,
    maxInstanceLifetimeSeconds: input.MaxInstanceLifetime,
  };
  return { ...DEFAULTS, ...before, ...present(given), launchTemplate, places };
}

type Present<T> = { [name in keyof T]?: Exclude<T[name], undefined> };

/** Without the members that were not given, so that they leave what was there before. */
function present<T extends object>(members: T): Present<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>;
}

function templateOf(
  { LaunchTemplate }: GroupInput,
  { machines }: Surroundings,
): GroupSettings['launchTemplate'] | undefined {
  if (!LaunchTemplate) return undefined;
  const { LaunchTemplateId: id, LaunchTemplateName: name, Version: version } = LaunchTemplate;
  return { ...asValidation(() => machines.describeTemplate({ id, name }, version)), version };
}

function placesOf(input: GroupInput, { machines }: Surroundings): GroupSettings['places'] | undefined {
  const subnetIds = input.VPCZoneIdentifier?.split(',').map((id) => id.trim());
  if (!subnetIds || subnetIds.join('') === '') {
    return input.AvailabilityZones?.map((availabilityZone) => ({ availabilityZone }));
  }
  const subnets = subnetIds.map((subnetId) => asValidation(() => machines.subnet(subnetId)));
  return subnets.map(({ id, availabilityZone }) => ({ subnetId: id, availabilityZone }));
}

/** EC2's complaint in Auto Scaling's words. */
function asValidation<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    throw validationError(error instanceof Error ? error.message : String(error));
  }
}

export const readTags = (tags: readonly z.output<typeof tagInput>[]): Map<string, GroupTag> =>
  new Map(
    tags.map(({ Key, Value, PropagateAtLaunch }) => [
      Key,
      { key: Key, value: Value, propagateAtLaunch: PropagateAtLaunch },
    ]),
  );
