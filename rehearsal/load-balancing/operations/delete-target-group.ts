import { z } from 'zod';
import { operation } from '../operation.ts';

/** Deletes a target group; one that is not there is no error. @throws AwsError ResourceInUse */
export const deleteTargetGroup = operation(z.object({ TargetGroupArn: z.string() }), (input, { targetGroups }) => {
  const group = targetGroups.find(input.TargetGroupArn);
  if (group) targetGroups.delete(group);
  return {};
});
