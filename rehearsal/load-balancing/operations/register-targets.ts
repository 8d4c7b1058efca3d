import { z } from 'zod';
import { listOf } from '../../ec2/input.ts';
import { operation } from '../operation.ts';
import { targetInput } from '../targets/target-input.ts';

const rules = z.object({ TargetGroupArn: z.string(), Targets: listOf(targetInput) });

/** Registers targets; repeating is harmless. @throws AwsError TargetGroupNotFound, InvalidTarget */
export const registerTargets = operation(rules, ({ TargetGroupArn, Targets }, { targetGroups }) => {
  const group = targetGroups.get(TargetGroupArn);
  for (const { Id, Port } of Targets) targetGroups.register(group, Id, Port);
  return {};
});
