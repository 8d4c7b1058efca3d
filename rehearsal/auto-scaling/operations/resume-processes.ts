import { z } from 'zod';
import { listOf } from '../../ec2/input.ts';
import { groupName } from '../group/group-input.ts';
import { PROCESSES } from '../group/process.ts';
import { operation } from '../operation.ts';

const rules = z.object({ AutoScalingGroupName: groupName, ScalingProcesses: listOf(z.enum(PROCESSES)).default([]) });

/** Resumes processes, all of them when none is named; what waited for them happens now. */
export const resumeProcesses = operation(rules, ({ AutoScalingGroupName, ScalingProcesses }, { groups }) => {
  const { group, health, capacity } = groups.get(AutoScalingGroupName);
  for (const process of ScalingProcesses.length === 0 ? PROCESSES : ScalingProcesses) group.suspended.delete(process);
  health.examineAll();
  capacity.wake();
});
