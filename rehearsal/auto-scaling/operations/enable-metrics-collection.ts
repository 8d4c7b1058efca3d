import { z } from 'zod';
import { texts } from '../../ec2/input.ts';
import { groupName } from '../group/group-input.ts';
import { operation } from '../operation.ts';

const rules = z.object({ AutoScalingGroupName: groupName, Granularity: z.string(), Metrics: texts.default([]) });

const ALL = [
  'GroupMinSize',
  'GroupMaxSize',
  'GroupDesiredCapacity',
  'GroupInServiceInstances',
  'GroupPendingInstances',
  'GroupStandbyInstances',
  'GroupTerminatingInstances',
  'GroupTotalInstances',
];

/** Notes which group metrics are wanted; a rehearsal publishes none. @throws AwsError ValidationError */
export const enableMetricsCollection = operation(rules, ({ AutoScalingGroupName, Metrics }, { groups }) => {
  const { enabledMetrics } = groups.get(AutoScalingGroupName).group;
  for (const metric of Metrics.length === 0 ? ALL : Metrics) enabledMetrics.add(metric);
});
