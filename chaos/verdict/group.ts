import type { Ended } from './ended.ts';

/** The Auto Scaling group is as people wanted it: as many in service, nobody waiting, no process left suspended. */
export function judgeGroup({ world, course, setting }: Ended): readonly string[] {
  const { members, sizes, suspended } = world.autoScaling.account.groups.get(setting.autoScalingGroupName).group;
  const waiting = [...members.values()].filter(({ lifecycleState }) => lifecycleState !== 'InService');
  return [
    ...waiting.map(({ instanceId, lifecycleState }) => `${instanceId} is left in ${lifecycleState}`),
    ...(sizes.desired === course.desired
      ? []
      : [`${sizes.desired} instances are desired instead of ${course.desired}`]),
    ...(members.size - waiting.length === course.desired
      ? []
      : [`${members.size - waiting.length} instances are in service instead of ${course.desired}`]),
    ...[...suspended.keys()].map((process) => `the process ${process} is left suspended`),
  ];
}
