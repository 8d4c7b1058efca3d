import { actionIdentity, activeAction } from '../active-action.ts';
import { operation } from '../operation.ts';

/** Starts the timeout of an action again, within its global timeout. @throws AwsError ValidationError */
export const recordLifecycleActionHeartbeat = operation(actionIdentity, (input, { groups }) => {
  const managed = groups.get(input.AutoScalingGroupName);
  const { member, action } = activeAction(managed, input);
  managed.members.heartbeat(member.instanceId, action.token);
  return {};
});
