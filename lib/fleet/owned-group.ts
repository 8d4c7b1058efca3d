import { AutoScalingGroup, CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { IAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** An Auto Scaling group that can be given hooks, user data and permissions. */
export interface OwnedGroup {
  readonly autoScalingGroup: AutoScalingGroup;
  /** Its resource in this stack's template. */
  readonly template: CfnAutoScalingGroup;
  /** What its instances run as. */
  readonly role: IRole;
}

/** @throws Error that says what to change, when the group's template or role is out of reach */
export function ownedGroup(scope: Construct, group: IAutoScalingGroup): OwnedGroup {
  const template = group.node.defaultChild;
  if (!(group instanceof AutoScalingGroup) || !(template instanceof CfnAutoScalingGroup))
    throw new Error(
      `The Auto Scaling group ${group.node.path} is imported: its template is not part of this app, and hooks must stand in it. ` +
        'Declare the group in this app with new AutoScalingGroup(…).',
    );
  if (Stack.of(group) !== Stack.of(scope))
    throw new Error(
      `The Auto Scaling group ${group.node.path} is declared in another stack than ${scope.node.path}. ` +
        'Declare the deployment group in the stack of its Auto Scaling group: the group must wait for its registration.',
    );
  return { autoScalingGroup: group, template, role: instanceRole(group) };
}

function instanceRole(group: AutoScalingGroup): IRole {
  try {
    return group.role;
  } catch (cause) {
    throw new Error(
      `The Auto Scaling group ${group.node.path} has no instance role: without one its instances can neither download ` +
        'revisions nor reach the command service. Give its launch template a role (LaunchTemplate, property role).',
      { cause },
    );
  }
}
