import { z } from 'zod';
import { listOf } from '../../ec2/input.ts';
import { causeTime } from '../group/activity.ts';
import { groupName } from '../group/group-input.ts';
import { PROCESSES } from '../group/process.ts';
import { operation } from '../operation.ts';

const rules = z.object({ AutoScalingGroupName: groupName, ScalingProcesses: listOf(z.enum(PROCESSES)).default([]) });

/** Suspends processes, all of them when none is named; the reason of one suspended before stays. */
export const suspendProcesses = operation(rules, ({ AutoScalingGroupName, ScalingProcesses }, { groups, around }) => {
  const { suspended } = groups.get(AutoScalingGroupName).group;
  const reason = `User suspended at ${causeTime(around.timers.now())}`;
  for (const process of ScalingProcesses.length === 0 ? PROCESSES : ScalingProcesses) {
    if (!suspended.has(process)) suspended.set(process, reason);
  }
});
