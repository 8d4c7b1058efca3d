import { whatStaysBlocked } from '../../core/traffic/traffic.ts';
import type { Target } from '../../core/target.ts';
import type { Member } from '../../rehearsal/auto-scaling/lifecycle/member.ts';
import type { TargetGroup } from '../../rehearsal/load-balancing/targets/target-group.ts';
import type { Ended } from './ended.ts';

/** Time in which health checks notice that a host is well. */
const NOTICED_MS = 900_000;

/** Each host in service is registered where it should be, and healthy there; nobody else is registered at all. */
export function judgeTraffic(ended: Ended): readonly string[] {
  const { world, setting } = ended;
  const { members } = world.autoScaling.account.groups.get(setting.autoScalingGroupName).group;
  return world.loadBalancing.targetGroups
    .list()
    .flatMap((targetGroup) => [
      ...[...targetGroup.targets.values()]
        .filter(({ id }) => !members.has(id))
        .map(({ id }) => `${id} is still registered with ${targetGroup.name}, and gone`),
      ...[...members.values()].flatMap((member) => judgeMember(member, targetGroup, ended)),
    ]);
}

function judgeMember(member: Member, targetGroup: TargetGroup, ended: Ended): readonly string[] {
  const { instanceId, lifecycleState } = member;
  if (lifecycleState !== 'InService') return [];
  const state = registered(targetGroup, instanceId);
  const name = `${instanceId} in service is ${state ?? 'not registered'} with ${targetGroup.name}`;
  switch (expected(member, targetGroup, ended)) {
    case 'in':
      return state === 'healthy' || (state !== undefined && isStillUnwell(instanceId, ended)) ? [] : [name];
    case 'out':
      return state === undefined ? [] : [`${name}, though what it runs was not validated`];
    case 'either':
      return state === 'draining' ? [`${name} for ever`] : [];
  }
}

function registered({ targets }: TargetGroup, instanceId: string): string | undefined {
  return [...targets.values()].find(({ id }) => id === instanceId)?.health.state;
}

function isStillUnwell(instanceId: string, { world }: Ended): boolean {
  return world.clock.now() < (world.hosts.disks.get(instanceId)?.unwellUntilMs ?? 0) + NOTICED_MS;
}

/** Where a host should be, by the last that was done about its traffic: its launch, or a deployment in place. */
function expected(member: Member, targetGroup: TargetGroup, { setting, records }: Ended): 'in' | 'out' | 'either' {
  const isAttached = setting.targetGroups.some(({ name, isAttached }) => name === targetGroup.name && isAttached);
  const isRegisteredByGroup = isAttached && !setting.suspended.includes('AddToLoadBalancer');
  const last = records.targets
    .filter(({ instanceId, traffic }) => instanceId === member.instanceId && traffic !== undefined)
    .toSorted((one, other) => (blockedAt(one) < blockedAt(other) ? -1 : 1))
    .at(-1);
  if (!last) return isRegisteredByGroup ? 'in' : 'out';
  if (last.status === 'Succeeded') return 'in';
  const hasJoinedSince = (member.inServiceAtMs ?? 0) > Date.parse(last.settledAt ?? '');
  if (isRegisteredByGroup && hasJoinedSince) return 'in';
  return isOutForGood(last) && !hasJoinedSince ? 'out' : 'either';
}

/** When its traffic was touched first. One of two deployments may wait for the other on the way there. */
function blockedAt({ lifecycleEvents, openedAt }: Target): string {
  return lifecycleEvents.find(({ lifecycleEventName }) => lifecycleEventName === 'BlockTraffic')?.startTime ?? openedAt;
}

/** A host that failed once it was out of its target groups stays out; where it was stopped on its way, it may be in. */
function isOutForGood(target: Target): boolean {
  const block = target.lifecycleEvents.find(({ lifecycleEventName }) => lifecycleEventName === 'BlockTraffic');
  const isBack = target.lifecycleEvents.some(
    ({ lifecycleEventName, startTime }) => lifecycleEventName === 'AllowTraffic' && startTime !== undefined,
  );
  return block?.status === 'Succeeded' && !isBack && whatStaysBlocked(target) !== undefined;
}
