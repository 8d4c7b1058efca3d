import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';

import { AwsAutoScalingGroups } from '../../../adapters/auto-scaling/auto-scaling-groups.ts';

it('an Auto Scaling group is read with what its tag wants suspended', async () => {
  const autoScaling = mockClient(AutoScalingClient);
  autoScaling.on(DescribeAutoScalingGroupsCommand).resolves({
    AutoScalingGroups: [
      {
        AutoScalingGroupName: 'blue',
        SuspendedProcesses: [{ ProcessName: 'AZRebalance' }],
        Tags: [
          { Key: 'Name', Value: 'web' },
          { Key: 'slipway:suspend', Value: 'ScheduledActions' },
        ],
      } as never,
      { AutoScalingGroupName: 'green' } as never,
    ],
  });

  const groups = await new AwsAutoScalingGroups(new AutoScalingClient({})).describe(['blue', 'green']);

  expect(groups).toEqual([
    { autoScalingGroupName: 'blue', members: [], suspended: ['AZRebalance'], suspendTag: 'ScheduledActions' },
    { autoScalingGroupName: 'green', members: [], suspended: [] },
  ]);
});
