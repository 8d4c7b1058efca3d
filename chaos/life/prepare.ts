import { TableDeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import { Table } from '../../adapters/table/table.ts';
import { SUSPEND_TAG } from '../../core/fleet/suspended-processes.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import type { Revision } from '../../core/revision.ts';
import { STANDBY_TAG } from '../../core/traffic/standby.ts';
import { ACCOUNT_ID, REGION } from '../cloud/ground.ts';
import { TABLE_NAME } from '../engine/ports.ts';
import { hooksOf, revisionNumber, type Setting } from './setting.ts';
import type { World } from './world.ts';

/** Declares the deployment groups and creates the Auto Scaling group with what is around it, as a stack does. */
export async function prepare(world: World, setting: Setting): Promise<void> {
  const { autoScaling } = world;
  const { autoScalingGroupName: AutoScalingGroupName, warmPool, suspended } = setting;
  for (const name of setting.deploymentGroups) {
    await declare(world, setting, name);
    await groupsIn(world).remember(name, revisionNumber(1));
  }
  const TargetGroupARNs = await targetGroupsOf(world, setting);
  await autoScaling.operations['CreateAutoScalingGroup']?.({
    AutoScalingGroupName,
    MinSize: setting.minSize,
    MaxSize: setting.maxSize,
    DesiredCapacity: setting.desired,
    AvailabilityZones: ['us-east-1a', 'us-east-1b'],
    LaunchTemplate: { LaunchTemplateId: 'lt-0123456789abcdef0', Version: '$Latest' },
    TargetGroupARNs,
    HealthCheckType: setting.healthCheckType,
    HealthCheckGracePeriod: 300,
    LifecycleHookSpecificationList: hooksOf(setting),
    Tags: tagsOf(setting),
  });
  if (warmPool) await autoScaling.operations['PutWarmPool']?.({ AutoScalingGroupName, ...warmPool });
  if (suspended.length === 0) return;
  await autoScaling.operations['SuspendProcesses']?.({ AutoScalingGroupName, ScalingProcesses: suspended });
}

/** @returns the ARNs of those that Auto Scaling looks after */
async function targetGroupsOf({ loadBalancing }: World, { targetGroups }: Setting): Promise<readonly string[]> {
  for (const { name, drainSeconds } of targetGroups) {
    await loadBalancing.operations['CreateTargetGroup']?.({ Name: name, Port: 80, HealthCheckIntervalSeconds: 30 });
    const made = loadBalancing.targetGroups.list().find((each) => each.name === name);
    made?.attributes.set('deregistration_delay.timeout_seconds', String(drainSeconds));
  }
  const made = loadBalancing.targetGroups.list();
  loadBalancing.targetGroups.use(new Set(made.map(({ arn }) => arn)));
  const attached = new Set(targetGroups.filter(({ isAttached }) => isAttached).map(({ name }) => name));
  return made.filter(({ name }) => attached.has(name)).map(({ arn }) => arn);
}

function tagsOf({ standsBy, heldStill }: Setting) {
  return [
    ...(standsBy ? [{ Key: STANDBY_TAG, Value: 'true' }] : []),
    ...(heldStill.length > 0 ? [{ Key: SUSPEND_TAG, Value: heldStill.join(' ') }] : []),
  ];
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
