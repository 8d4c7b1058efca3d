import { isResting } from '../../rehearsal/auto-scaling/lifecycle/lifecycle-state.ts';
import type { Ended } from './ended.ts';

/** The Auto Scaling group is as people wanted it: its sizes, as many in service, nobody waiting, no process but theirs suspended. */
export function judgeGroup({ world, course, setting }: Ended): readonly string[] {
  const { members, sizes, suspended } = world.autoScaling.account.groups.get(setting.autoScalingGroupName).group;
  const inService = [...members.values()].filter(({ lifecycleState }) => lifecycleState === 'InService');
  const waiting = [...members.values()].filter(
    ({ lifecycleState }) => lifecycleState !== 'InService' && !isResting(lifecycleState),
  );
  const isAsWanted = sizes.desired <= course.desired && sizes.desired >= course.leastDesired;
  return [
    ...waiting.map(({ instanceId, lifecycleState }) => `${instanceId} is left in ${lifecycleState}`),
    ...(isAsWanted ? [] : [`${sizes.desired} instances are desired instead of ${course.desired}`]),
    ...(sizes.min === setting.minSize ? [] : [`the minimum is ${sizes.min} instead of ${setting.minSize}`]),
    ...(inService.length === sizes.desired
      ? []
      : [`${inService.length} instances are in service instead of ${sizes.desired}`]),
    ...[...suspended.keys()]
      .filter((process) => !setting.suspended.includes(process))
      .map((process) => `the process ${process} is left suspended`),
    ...setting.suspended
      .filter((process) => !suspended.has(process as 'Launch'))
      .map((process) => `the process ${process}, which a person suspended, was resumed`),
  ];
}
