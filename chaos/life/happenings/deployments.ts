import { BUILT_IN_DEPLOYMENT_CONFIGS } from '../../../core/deployment-configs/built-in.ts';
import type { ZonalConfig } from '../../../core/deployment-configs/deployment-config.ts';
import type { FleetDeploymentOrder } from '../../../core/fleet-deployment.ts';
import { deploymentGroupIdFor, deploymentIdFor } from '../../../core/identifiers.ts';
import type { DeploymentGroupName } from '../../../core/names.ts';
import { describeRevision } from '../../../core/revision.ts';
import type { TrafficSettings } from '../../../core/traffic/traffic-control.ts';
import type { ApiCall } from '../../engine/functions.ts';
import type { Lots } from '../../lots.ts';
import type { Course } from '../course.ts';
import { declare } from '../prepare.ts';
import { revisionNumber, type Setting } from '../setting.ts';
import { ALARM } from './alarms.ts';

export async function deploy(course: Course, quality = {}): Promise<string | undefined> {
  const order = orderOf(course, quality);
  const answer = await askApi(course, { order });
  return answer === 'created' ? described(order) : undefined;
}

export async function deployAndStop(course: Course, rollBack: boolean): Promise<string | undefined> {
  const order = orderOf(course);
  if ((await askApi(course, { order })) !== 'created') return undefined;
  const inMs = course.lots.between(0, course.lots.pick([3000, 120_000]));
  course.later(inMs, async () => {
    const request = { atMs: course.world.clock.now(), rollBack };
    await askApi(course, { deploymentId: order.deploymentId, request });
  });
  return `${described(order)}, stopped after ${inMs} ms`;
}

/** A template names a revision that fails. */
export async function declareBad(course: Course): Promise<string> {
  course.deployments += 1;
  const group = aGroup(course);
  const revision = revisionNumber(course.deployments + 1, { isBad: true });
  await declare(course.world, course.setting, group, revision);
  return `${describeRevision(revision)} for ${group.deploymentGroupName}`;
}

/** A user's client: it repeats what it got no answer to. */
export async function askApi({ world }: Course, call: ApiCall): Promise<unknown> {
  for (let tries = 1; tries < 6; tries += 1) {
    try {
      return await world.functions.invoke('api', call, { unharmed: tries === 5 });
    } catch {
      await world.clock.sleep(1000);
    }
  }
  return undefined;
}

function aGroup({ lots, setting }: Course): DeploymentGroupName {
  const [first = NOBODY, ...others] = setting.deploymentGroups;
  return lots.pick<DeploymentGroupName>([first, ...others]);
}

function orderOf(course: Course, quality: { readonly isBad?: boolean } = {}): FleetDeploymentOrder {
  const { setting, lots } = course;
  const group = aGroup(course);
  const config = lots.pick(CONFIGS);
  const zonalConfig = lots.chance(0.3) ? zonalFrom(lots) : undefined;
  course.deployments += 1;
  return {
    ...group,
    deploymentId: deploymentIdFor(`${course.deployments} ${lots.draw()}`),
    group,
    deploymentGroupId: deploymentGroupIdFor(group),
    deploymentConfigName: config.deploymentConfigName,
    minimumHealthyHosts: config.minimumHealthyHosts,
    ...(zonalConfig && { zonalConfig }),
    revision: revisionNumber(course.deployments + 1, quality),
    creator: 'user',
    ignoreApplicationStopFailures: false,
    updateOutdatedInstancesOnly: false,
    fileExistsBehavior: 'OVERWRITE',
    outdatedInstancesStrategy: 'UPDATE',
    selection: { autoScalingGroups: [setting.autoScalingGroupName], ec2: {}, onPremises: {} },
    ...(lots.chance(0.3) && { alarmConfiguration: WATCHED }),
    ...(lots.chance(0.5) && { autoRollback: { enabled: true, events: ROLLED_BACK } }),
    ...trafficOf(setting),
    previousRevision: revisionNumber(1),
    createdAtMs: course.world.clock.now(),
  };
}

function trafficOf({ targetGroups }: Setting): TrafficSettings {
  if (targetGroups.length === 0) return {};
  const targetGroupInfoList = targetGroups.map(({ name }) => ({ name }));
  return { deploymentOption: 'WITH_TRAFFIC_CONTROL', loadBalancerInfo: { targetGroupInfoList } };
}

/** Zone after zone. */
function zonalFrom(lots: Lots): ZonalConfig {
  const minimum = lots.pick([
    undefined,
    { type: 'HOST_COUNT', value: 1 },
    { type: 'FLEET_PERCENT', value: 50 },
  ] as const);
  return {
    monitorDurationInSeconds: lots.pick([0, 0, 60, 600]),
    ...(minimum && { minimumHealthyHostsPerZone: minimum }),
  };
}

function described({ deploymentId, revision, deploymentGroupName, ...order }: FleetDeploymentOrder): string {
  const zonal = order.zonalConfig ? ', zone by zone' : '';
  return `${deploymentId} of ${describeRevision(revision)} to ${deploymentGroupName}, ${order.deploymentConfigName}${zonal}`;
}

const WATCHED = { enabled: true, ignorePollAlarmFailure: true, alarms: [{ name: ALARM }] };
const ROLLED_BACK = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'] as const;

const NOBODY: DeploymentGroupName = { applicationName: 'web', deploymentGroupName: 'nobody' };

const [ONE, HALF, ALL] = BUILT_IN_DEPLOYMENT_CONFIGS.filter((config) => config.computePlatform === 'Server');
const CONFIGS = [ONE, HALF, ALL].filter((config) => config !== undefined) as [NonNullable<typeof ONE>];
