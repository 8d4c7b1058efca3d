import { z } from 'zod';
import { listOf } from '../../ec2/input.ts';
import { operation } from '../operation.ts';
import { targetInput } from '../targets/target-input.ts';

const rules = z.object({ TargetGroupArn: z.string(), Targets: listOf(targetInput) });

/** Begins to drain targets; unknown ones are no error. @throws AwsError TargetGroupNotFound */
export const deregisterTargets = operation(rules, ({ TargetGroupArn, Targets }, { targetGroups }) => {
  const group = targetGroups.get(TargetGroupArn);
  for (const { Id, Port } of Targets) void targetGroups.deregister(group, Id, Port);
  return {};
});
