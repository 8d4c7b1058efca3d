import { z } from 'zod';
import { operation, pairs } from '../operation.ts';

/** @throws AwsError TargetGroupNotFound */
export const describeTargetGroupAttributes = operation(
  z.object({ TargetGroupArn: z.string() }),
  ({ TargetGroupArn }, { targetGroups }) => ({ Attributes: pairs(targetGroups.get(TargetGroupArn).attributes) }),
);
