import { ArnFormat, Stack, Validations } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** Answers tasks that wait in executions of these state machines. */
export function answerTasks(...stateMachineArns: readonly string[]): PolicyStatement {
  return new PolicyStatement({
    actions: ['states:SendTaskSuccess'], // a failure is an answer too: no task is ever failed from outside
    resources: [...stateMachineArns],
  });
}

/**
 * Auto Scaling groups whose actions the engine may complete: every group of this account and Region. Users bring groups
 * after the engine is deployed, so that no name can be known here; a group's ARN also holds an id that Auto Scaling makes up.
 * @param scope the function's construct, below which the wildcard is acknowledged
 */
export function lifecycleActions(
  scope: Construct,
  action: 'CompleteLifecycleAction' | 'RecordLifecycleActionHeartbeat',
): PolicyStatement {
  Validations.of(scope).acknowledge({
    id:
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:autoscaling:<AWS::Region>:<AWS::AccountId>:' +
      'autoScalingGroup:*:autoScalingGroupName/*]',
    reason:
      'One action on groups that are declared after the engine; it needs the token of a lifecycle action besides.',
  });
  const groups = Stack.of(scope).formatArn({
    service: 'autoscaling',
    resource: 'autoScalingGroup',
    resourceName: '*:autoScalingGroupName/*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return new PolicyStatement({ actions: [`autoscaling:${action}`], resources: [groups] });
}
