import type { TargetGroup } from '../../adapters/load-balancing/target-groups.ts';
import type { Host } from '../../adapters/table/hosts.ts';
import type { Target } from '../../core/target.ts';
import type { Failure } from '../../core/traffic/judge.ts';
import type { Registration } from '../../core/traffic/registration.ts';
import type { Traffic } from '../../core/traffic/traffic.ts';
import type { Ports } from './ports.ts';
import { surveyStandby } from './survey-standby.ts';

/**
 * Looks where a host gets its traffic from, and else what an earlier deployment took and did not give back. Registrations that drain count: it is the engine itself that comes back to
 * them, after a deployment that died or failed.
 * @returns why it cannot be moved, where a target group is none that hosts are registered with
 */
export async function surveyTraffic(target: Target, host: Host | undefined, ports: Ports): Promise<Traffic | Failure> {
  const { instanceId, trafficControl } = target;
  const { targetGroups } = ports;
  const found: TargetGroup[] = [];
  for (const name of trafficControl?.targetGroupNames ?? []) {
    const targetGroup = await targetGroups.byName(name);
    if (!targetGroup) return failed(`There is no target group ${name}: correct the deployment group’s load balancer`);
    if (!targetGroup.takesInstances) {
      return failed(`The target group ${name} does not take instances as targets: name one of target type instance`);
    }
    found.push(targetGroup);
  }
  const registrations = await Promise.all(found.map((each) => registrationsWith(each, instanceId, host, targetGroups)));
  const standby = await surveyStandby(target, ports);
  if ('kind' in standby) return standby;
  return {
    registrations: registrations.flat(),
    ...standby,
    drainSeconds: Math.max(0, ...found.map(({ drainSeconds }) => drainSeconds)),
    checkSeconds: Math.max(0, ...found.map(({ checkSeconds }) => checkSeconds)),
  };
}

async function registrationsWith(
  targetGroup: TargetGroup,
  instanceId: string,
  host: Host | undefined,
  targetGroups: Ports['targetGroups'],
): Promise<readonly Registration[]> {
  const { targetGroupArn, targetGroupName } = targetGroup;
  const seen = await targetGroups.registrationsOf(instanceId, targetGroup);
  if (seen.length === 0) {
    const kept = host?.registrations?.filter((each) => each.targetGroupArn === targetGroupArn) ?? [];
    return kept.length > 0 ? kept : [{ targetGroupArn, targetGroupName }];
  }
  return seen.map(({ port, availabilityZone }) => ({
    targetGroupArn,
    targetGroupName,
    ...(port !== undefined && { port }),
    ...(availabilityZone !== undefined && { availabilityZone }),
  }));
}

function failed(reason: string): Failure {
  return { kind: 'failed', reason };
}
