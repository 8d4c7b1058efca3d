import { z } from 'zod';
import { listOf } from '../../ec2/input.ts';
import { operation, pairs } from '../operation.ts';

const rules = z.object({
  TargetGroupArn: z.string(),
  Attributes: listOf(z.object({ Key: z.string(), Value: z.string() })),
});

/** Changes attributes; drains that are under way keep the delay they began with. @throws AwsError TargetGroupNotFound */
export const modifyTargetGroupAttributes = operation(rules, (input, { targetGroups }) => {
  const { attributes } = targetGroups.get(input.TargetGroupArn);
  for (const { Key, Value } of input.Attributes) attributes.set(Key, Value);
  return { Attributes: pairs(attributes) };
});
