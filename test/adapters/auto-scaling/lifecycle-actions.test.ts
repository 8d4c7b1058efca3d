import {
  AutoScalingClient,
  AutoScalingServiceException,
  CompleteLifecycleActionCommand,
  RecordLifecycleActionHeartbeatCommand,
} from '@aws-sdk/client-auto-scaling';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';

import { AutoScalingLifecycleActions } from '../../../adapters/auto-scaling/lifecycle-actions.ts';
import { aLaunch } from '../../lambdas/doubles/builders.ts';

const autoScaling = mockClient(AutoScalingClient);
const lifecycleActions = new AutoScalingLifecycleActions(new AutoScalingClient({}));
const launch = aLaunch();

const failure = (name: string, message: string) =>
  new AutoScalingServiceException({ name, message, $fault: 'client', $metadata: {} });

beforeEach(() => autoScaling.reset());

describe('lifecycle actions in Auto Scaling', () => {
  it('are completed by their token', async () => {
    autoScaling.on(CompleteLifecycleActionCommand).resolves({});

    expect(await lifecycleActions.complete(launch, 'CONTINUE')).toBe('done');
    expect(autoScaling.call(0).args[0].input).toEqual({
      AutoScalingGroupName: 'web-blue',
      LifecycleHookName: 'slipway-launch',
      LifecycleActionToken: launch.lifecycleActionToken,
      InstanceId: launch.instanceId,
      LifecycleActionResult: 'CONTINUE',
    });
  });

  it.each([
    `No active Lifecycle Action found with token ${launch.lifecycleActionToken}`,
    'No active Lifecycle Action found with instance ID i-0abc',
    'AutoScalingGroup name not found - null',
    'No Lifecycle Hook found with name slipway-launch',
  ])('are gone when Auto Scaling says: %s', async (message) => {
    autoScaling.on(CompleteLifecycleActionCommand).rejects(failure('ValidationError', message));
    autoScaling.on(RecordLifecycleActionHeartbeatCommand).rejects(failure('ValidationError', message));

    expect(await lifecycleActions.complete(launch, 'ABANDON')).toBe('gone');
    expect(await lifecycleActions.heartbeat(launch)).toBe('gone');
  });

  it.each([
    ['ValidationError', '1 validation error detected: Value at lifecycleActionToken failed'],
    ['Throttling', 'Rate exceeded'],
    ['ResourceContention', 'No active Lifecycle Action found'],
  ])('are not gone for %s: %s', async (name, message) => {
    autoScaling.on(RecordLifecycleActionHeartbeatCommand).rejects(failure(name, message));

    await expect(lifecycleActions.heartbeat(launch)).rejects.toThrow(message);
  });
});
