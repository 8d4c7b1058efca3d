import { ArnFormat, Stack, Validations } from 'aws-cdk-lib/core';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { STANDBY_TAG } from '../../core/traffic/standby.ts';
import { EVENT_SOURCE } from '../../core/notifications/state-change-event.ts';

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
  const groups = allGroups(
    scope,
    'One action on groups that are declared after the engine; it needs the token of a lifecycle action besides.',
  );
  return new PolicyStatement({ actions: [`autoscaling:${action}`], resources: [groups] });
}

/**
 * Suspends and resumes processes of Auto Scaling groups.
 * @param scope as above
 */
export function processes(
  scope: Construct,
  ...actions: readonly ('SuspendProcesses' | 'ResumeProcesses')[]
): PolicyStatement {
  const groups = allGroups(scope, 'Processes of groups that are declared after the engine.');
  return new PolicyStatement({ actions: actions.map((action) => `autoscaling:${action}`), resources: [groups] });
}

/**
 * Reads Auto Scaling groups.
 * @param others what else is read of them
 * @param scope as above
 */
export function describeGroups(
  scope: Construct,
  ...others: readonly ('DescribeLifecycleHooks' | 'DescribeAutoScalingInstances')[]
): PolicyStatement {
  Validations.of(scope).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Auto Scaling’s descriptions know no resources.',
  });
  const actions = ['DescribeAutoScalingGroups', ...others].map((action) => `autoscaling:${action}`);
  return new PolicyStatement({ actions, resources: ['*'] });
}

/**
 * Installs and removes lifecycle hooks on Auto Scaling groups that callers of the API name, with this role.
 * @param scope as above
 */
export function lifecycleHooks(scope: Construct, hookRoleArn: string): readonly PolicyStatement[] {
  const groups = allGroups(scope, 'Hooks on groups that callers of the API name, of whatever name that is.');
  return [
    new PolicyStatement({
      actions: ['autoscaling:PutLifecycleHook', 'autoscaling:DeleteLifecycleHook'],
      resources: [groups],
    }),
    describeGroups(scope, 'DescribeLifecycleHooks'),
    new PolicyStatement({ actions: ['iam:PassRole'], resources: [hookRoleArn] }),
  ];
}

/**
 * Reads all lifecycle hooks, and lets Auto Scaling try whether those of ours reach their queue: it does so whenever one is
 * written, with this role.
 * @param scope as above
 */
export function examineHooks(scope: Construct, hookRoleArn: string): readonly PolicyStatement[] {
  const groups = allGroups(scope, 'Tries a hook of whatever group has one, by writing it as it is.');
  return [
    new PolicyStatement({ actions: ['autoscaling:PutLifecycleHook'], resources: [groups] }),
    describeGroups(scope, 'DescribeLifecycleHooks'),
    new PolicyStatement({ actions: ['iam:PassRole'], resources: [hookRoleArn] }),
  ];
}

/**
 * Reads what executions of a state machine and Auto Scaling groups went through.
 * @param scope as above
 */
export function histories(scope: Construct, stateMachineArn: string): readonly PolicyStatement[] {
  const executions = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:*`;
  Validations.of(scope).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Auto Scaling’s descriptions know no resources.',
  });
  Validations.of(scope).acknowledge({
    id:
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:' +
      `${stateMachineArn.split(':').at(-1)}:*]`,
    reason: 'Executions are named for what they deploy.',
  });
  return [
    new PolicyStatement({ actions: ['states:GetExecutionHistory'], resources: [executions] }),
    new PolicyStatement({ actions: ['autoscaling:DescribeScalingActivities'], resources: ['*'] }),
  ];
}

/**
 * Gives Auto Scaling groups the capacity back that hosts in Standby took from them. Only groups that ask for Standby by
 * their tag can be changed.
 * @param actions what else may be done to them
 * @param scope as above
 */
export function standby(
  scope: Construct,
  ...actions: readonly ('EnterStandby' | 'ExitStandby')[]
): readonly PolicyStatement[] {
  const groups = allGroups(scope, 'Groups that are declared after the engine, and ask for it by a tag of theirs.');
  return [
    new PolicyStatement({
      actions: [...actions, 'UpdateAutoScalingGroup'].map((action) => `autoscaling:${action}`),
      resources: [groups],
      conditions: { StringEquals: { [`aws:ResourceTag/${STANDBY_TAG}`]: 'true' } },
    }),
    describeGroups(scope, 'DescribeAutoScalingInstances'),
  ];
}

/**
 * Publishes to the topics of this account and Region; their own policies may let it publish to others besides.
 * @param scope as above
 */
export function triggerTopics(scope: Construct): PolicyStatement {
  Validations.of(scope).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:*]',
    reason: 'Triggers of deployment groups name their topics after the engine is deployed.',
  });
  const topics = Stack.of(scope).formatArn({ service: 'sns', resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME });
  return new PolicyStatement({ actions: ['sns:Publish'], resources: [topics] });
}

/**
 * Reads revisions, and learns whether they are there.
 * @param scope as above
 * @param bucketNames where they lie. @default any bucket of this account: callers of the API name them, as they name
 *   Auto Scaling groups and topics
 */
export function revisions(scope: Construct, bucketNames?: readonly string[]): readonly PolicyStatement[] {
  const { partition, account, region, urlSuffix } = Stack.of(scope);
  const buckets = (bucketNames ?? ['*']).map((name) => `s3:::${name}`);
  const keys = `kms:${region}:${account}:key/*`;
  acknowledgeRevisions(scope, bucketNames ? [] : buckets);
  acknowledgeRevisions(scope, [...buckets.map((bucket) => `${bucket}/*`), 'kms:<AWS::Region>:<AWS::AccountId>:key/*']);
  const allow = (actions: readonly string[], resources: readonly string[], conditions = {}) =>
    new PolicyStatement({
      actions: [...actions],
      resources: resources.map((resource) => `arn:${partition}:${resource}`),
      conditions: bucketNames ? conditions : { StringEquals: { 'aws:ResourceAccount': account }, ...conditions },
    });
  return [
    // Who may not list a bucket is told that a missing object is forbidden.
    allow(['s3:ListBucket'], buckets),
    allow(
      ['s3:GetObject', 's3:GetObjectVersion'],
      buckets.map((bucket) => `${bucket}/*`),
    ),
    allow(['kms:Decrypt'], [keys], { StringLike: { 'kms:ViaService': `s3.${region}.${urlSuffix}` } }),
  ];
}

function acknowledgeRevisions(scope: Construct, resources: readonly string[]): void {
  for (const resource of resources) {
    Validations.of(scope).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:${resource}]`,
      reason: 'Revisions, which callers of the API name; and their keys, which are of use through S3 alone.',
    });
  }
}

/**
 * What a function needs that tells the world of deployments: topics as above, and the default event bus, on which it
 * speaks under the engine's own name alone.
 * @param scope as above
 */
export function notifications(scope: Construct): readonly PolicyStatement[] {
  const bus = Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
  return [
    triggerTopics(scope),
    new PolicyStatement({
      actions: ['events:PutEvents'],
      resources: [bus],
      // A request may hold many events, so that the key has many values: each of them has to be the engine's name.
      conditions: { 'ForAllValues:StringEquals': { 'events:source': EVENT_SOURCE } },
    }),
  ];
}

/** What the names of instances begin with; functions read the account and the Region off it as well. */
export function instanceArnPrefix(scope: Construct): string {
  // The prefix ends with the slash.
  return Stack.of(scope).formatArn({ service: 'codedeploy', resource: 'instance', resourceName: '' });
}

function allGroups(scope: Construct, reason: string): string {
  Validations.of(scope).acknowledge({
    id:
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:autoscaling:<AWS::Region>:<AWS::AccountId>:' +
      'autoScalingGroup:*:autoScalingGroupName/*]',
    reason,
  });
  return Stack.of(scope).formatArn({
    service: 'autoscaling',
    resource: 'autoScalingGroup',
    resourceName: '*:autoScalingGroupName/*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
