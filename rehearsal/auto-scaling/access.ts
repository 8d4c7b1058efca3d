import type { AccessOf } from '../endpoint/protocols/operations.ts';
import type { RequestContext } from '../permissions/access.ts';
import { passRole } from '../permissions/plain-access.ts';
import type { Groups } from './group/groups.ts';

const SERVICE = 'autoscaling.amazonaws.com';

/** Leave for Auto Scaling's operations: on the group that the input names, or whose instance it names. */
export function autoScalingAccess(groups: Groups, scope: { region: string; accountId: string }): AccessOf {
  const arnOf = (name: string): string =>
    groups.find(name)?.group.arn ??
    `arn:aws:autoscaling:${scope.region}:${scope.accountId}:autoScalingGroup:00000000-0000-0000-0000-000000000000:autoScalingGroupName/${name}`;

  return (operation, input) => {
    const { AutoScalingGroupName: name, InstanceId: instanceId, RoleARN: roleArn } = input;
    const group = typeof instanceId === 'string' ? groups.ofInstance(instanceId)?.group.name : undefined;
    const named = typeof name === 'string' ? name : group;
    if (named === undefined) return undefined;
    return [
      { action: `autoscaling:${operation}`, resources: [arnOf(named)], context: tagsOf(groups, named) },
      ...(typeof roleArn === 'string' ? [passRole(roleArn, SERVICE)] : []),
    ];
  };
}

/** Policies may ask for tags of the group, by the key that all services share or by Auto Scaling's own. */
function tagsOf(groups: Groups, name: string): RequestContext {
  const tags = [...(groups.find(name)?.group.tags.values() ?? [])];
  return Object.fromEntries(
    tags.flatMap(({ key, value }) => [
      [`aws:ResourceTag/${key}`, value],
      [`autoscaling:ResourceTag/${key}`, value],
    ]),
  );
}
