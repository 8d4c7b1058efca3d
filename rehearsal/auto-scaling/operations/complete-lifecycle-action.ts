import { z } from 'zod';
import { actionIdentity, activeAction } from '../active-action.ts';
import { operation } from '../operation.ts';

const rules = actionIdentity.extend({ LifecycleActionResult: z.enum(['CONTINUE', 'ABANDON']) });

/** Ends an action. Not idempotent: the second call finds none. @throws AwsError ValidationError */
export const completeLifecycleAction = operation(rules, (input, { groups }) => {
  const managed = groups.get(input.AutoScalingGroupName);
  const { member, action } = activeAction(managed, input);
  managed.members.apply(member.instanceId, {
    type: 'ActionEnded',
    token: action.token,
    result: input.LifecycleActionResult,
    cause: 'CompleteLifecycleAction',
  });
  return {};
});
