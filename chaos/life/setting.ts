import { TableDeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import { Table } from '../../adapters/table/table.ts';
import {
  encodeHookMetadata,
  type DeploymentGroupName,
  LAUNCH_HOOK_NAME,
  TERMINATION_HOOK_NAME,
} from '../../core/names.ts';
import type { Revision } from '../../core/revision.ts';
import { ACCOUNT_ID, REGION } from '../cloud/ground.ts';
import { TABLE_NAME } from '../engine/ports.ts';
import { BAD } from '../hosts/disk.ts';
import type { Lots } from '../lots.ts';
import type { World } from './world.ts';

/** What a life begins with. */
export interface Setting {
  readonly autoScalingGroupName: string;
  readonly minSize: number;
  readonly desired: number;
  readonly maxSize: number;
  readonly deploymentGroups: readonly DeploymentGroupName[];
  readonly deploysTerminations: boolean;
  /** What a host gets that is born during a deployment to the fleet. */
  readonly launchRevision: 'last-successful' | 'in-flight';
  readonly launchFailureLimit: number;
}

const HEARTBEAT_TIMEOUT_SECONDS = 900;
const QUEUE_ARN = `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:lifecycle`;
const ROLE_ARN = `arn:aws:iam::${ACCOUNT_ID}:role/hooks`;

export function settingFrom(lots: Lots): Setting {
  const desired = lots.between(1, 5);
  const names = ['web-fleet', 'metrics', 'logs'].slice(0, lots.pick([1, 1, 1, 2, 3]));
  return {
    autoScalingGroupName: 'web-blue',
    minSize: lots.between(0, desired),
    desired,
    maxSize: desired + lots.between(0, 4),
    deploymentGroups: names.map((deploymentGroupName) => ({ applicationName: 'web', deploymentGroupName })),
    deploysTerminations: lots.chance(0.8),
    launchRevision: lots.pick(['last-successful', 'in-flight']),
    launchFailureLimit: lots.between(2, 4),
  };
}

export function revisionNumber(number: number, { isBad = false } = {}): Revision {
  const Key = `web-${number}${isBad ? BAD : ''}.zip`;
  return { RevisionType: 'S3', S3Location: { Bucket: 'revisions', Key, BundleType: 'zip' } };
}

/** Declares the deployment groups and creates the Auto Scaling group with its hooks, as a stack does. */
export async function prepare(world: World, setting: Setting): Promise<void> {
  const { autoScaling } = world;
  for (const name of setting.deploymentGroups) {
    await declare(world, setting, name);
    await groupsIn(world).remember(name, revisionNumber(1));
  }
  await autoScaling.operations['CreateAutoScalingGroup']?.({
    AutoScalingGroupName: setting.autoScalingGroupName,
    MinSize: setting.minSize,
    MaxSize: setting.maxSize,
    DesiredCapacity: setting.desired,
    AvailabilityZones: ['us-east-1a', 'us-east-1b'],
    LaunchTemplate: { LaunchTemplateId: 'lt-0123456789abcdef0', Version: '$Latest' },
    LifecycleHookSpecificationList: hooksOf(setting),
  });
}

/** Writes what a template says of a deployment group. @param revision that it names. @default none */
export async function declare(
  world: World,
  { deploysTerminations, launchRevision, launchFailureLimit }: Setting,
  name: DeploymentGroupName,
  revision?: Revision,
): Promise<void> {
  const stackId = `arn:aws:cloudformation:${REGION}:${ACCOUNT_ID}:stack/web/1`;
  const options = { ignoreApplicationStopFailures: false, fileExistsBehavior: 'OVERWRITE' } as const;
  const group = { ...name, ...options, deploysTerminations, launchRevision, launchFailureLimit };
  const by = { stackId, logicalResourceId: name.deploymentGroupName };
  await groupsIn(world).declare({ ...group, ...(revision && { revision }) }, by);
}

function groupsIn({ clock, documents }: World): TableDeploymentGroups {
  return new TableDeploymentGroups(new Table(documents.client(), TABLE_NAME), () => clock.now());
}

/** The hooks as the engine's construct writes them. */
export function hooksOf({ deploymentGroups }: Setting) {
  const shared = {
    NotificationTargetARN: QUEUE_ARN,
    RoleARN: ROLE_ARN,
    HeartbeatTimeout: HEARTBEAT_TIMEOUT_SECONDS,
    NotificationMetadata: encodeHookMetadata({
      deploymentGroups,
      heartbeatTimeoutSeconds: HEARTBEAT_TIMEOUT_SECONDS,
    }),
  };
  return [
    {
      ...shared,
      LifecycleHookName: LAUNCH_HOOK_NAME,
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      DefaultResult: 'ABANDON',
    },
    {
      ...shared,
      LifecycleHookName: TERMINATION_HOOK_NAME,
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      DefaultResult: 'CONTINUE',
    },
  ];
}
