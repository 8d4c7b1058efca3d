import {
  AutoScalingClient,
  AutoScalingServiceException,
  DeleteLifecycleHookCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
  PutLifecycleHookCommand,
} from '@aws-sdk/client-auto-scaling';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';

import { AutoScalingLifecycleHooks } from '../../../adapters/auto-scaling/lifecycle-hooks.ts';

const autoScaling = mockClient(AutoScalingClient);
const TARGET = { lifecycleQueueArn: 'arn:aws:sqs:…:queue', hookRoleArn: 'arn:aws:iam::…:role/hooks' };
const hooks = new AutoScalingLifecycleHooks(new AutoScalingClient({}), TARGET);
const ORDER = {
  autoScalingGroupName: 'blue',
  direction: 'termination',
  notificationMetadata: '{}',
  heartbeatTimeoutSeconds: 900,
} as const;

const failure = (name: string, message: string) =>
  new AutoScalingServiceException({ name, message, $fault: 'client', $metadata: {} });

beforeEach(() => autoScaling.reset());

describe('lifecycle hooks of ours', () => {
  it('are told from those of others by their names', async () => {
    autoScaling.on(DescribeAutoScalingGroupsCommand).resolves({ AutoScalingGroups: [{} as never] });
    autoScaling.on(DescribeLifecycleHooksCommand).resolves({
      LifecycleHooks: [{ LifecycleHookName: 'warm-up' }, { LifecycleHookName: 'slipway-launch' }],
    });

    expect(await hooks.of('blue')).toEqual([{ direction: 'launch' }]);
  });

  it('are not looked for on a group that is not there', async () => {
    autoScaling.on(DescribeAutoScalingGroupsCommand).resolves({ AutoScalingGroups: [] });

    expect(await hooks.of('blue')).toBe('gone');
  });

  it('tell the Auto Scaling groups of a deployment group that shares them', async () => {
    const [base, web] = ['base', 'web'].map((applicationName) => ({ applicationName, deploymentGroupName: 'fleet' }));
    const NotificationMetadata = JSON.stringify({ slipway: { deploymentGroups: [base, web] } });
    autoScaling
      .on(DescribeAutoScalingGroupsCommand)
      .resolves({ AutoScalingGroups: [{ AutoScalingGroupName: 'blue' } as never] });
    autoScaling.on(DescribeLifecycleHooksCommand).resolves({
      LifecycleHooks: [{ LifecycleHookName: 'slipway-launch', NotificationMetadata }],
    });

    expect(await hooks.groupsOf({ applicationName: 'web', deploymentGroupName: 'fleet' })).toEqual(['blue']);
    expect(await hooks.groupsOf({ applicationName: 'web', deploymentGroupName: 'other' })).toEqual([]);
  });

  it('are installed with the target of the engine, and let instances go when nobody answers', async () => {
    autoScaling.on(PutLifecycleHookCommand).resolves({});

    expect(await hooks.install(ORDER)).toBe('installed');
    expect(autoScaling.call(0).args[0].input).toEqual({
      AutoScalingGroupName: 'blue',
      LifecycleHookName: 'slipway-termination',
      LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      DefaultResult: 'CONTINUE',
      HeartbeatTimeout: 900,
      NotificationTargetARN: TARGET.lifecycleQueueArn,
      RoleARN: TARGET.hookRoleArn,
      NotificationMetadata: '{}',
    });
  });

  it.each([
    ['ValidationError', 'AutoScalingGroup name not found - AutoScalingGroup blue not found', 'gone'],
    ['LimitExceeded', 'Lifecycle hook limit exceeded', 'full'],
  ])('cannot be installed for %s: %s', async (name, message, outcome) => {
    autoScaling.on(PutLifecycleHookCommand).rejects(failure(name, message));

    expect(await hooks.install(ORDER)).toBe(outcome);
  });

  it('let a mistake of ours escape', async () => {
    autoScaling.on(PutLifecycleHookCommand).rejects(failure('ValidationError', 'Unable to publish test message'));

    await expect(hooks.install(ORDER)).rejects.toThrow('Unable to publish test message');
  });

  it.each([
    ['ValidationError', 'No Lifecycle Hook found with name: slipway-launch', 'removed'],
    ['ValidationError', 'AutoScalingGroup name not found - null', 'removed'],
    ['ResourceContention', 'busy', 'left'],
  ])('are, when Auto Scaling answers their removal with %s: %s, %s', async (name, message, outcome) => {
    autoScaling.on(DeleteLifecycleHookCommand).rejects(failure(name, message));

    expect(await hooks.remove('blue', 'launch')).toBe(outcome);
  });
});
