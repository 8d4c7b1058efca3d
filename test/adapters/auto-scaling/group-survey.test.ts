import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
} from '@aws-sdk/client-auto-scaling';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';

import { AwsGroupSurvey } from '../../../adapters/auto-scaling/group-survey.ts';

const autoScaling = mockClient(AutoScalingClient);
autoScaling.on(DescribeAutoScalingGroupsCommand).resolves({
  AutoScalingGroups: ['blue', 'green'].map((AutoScalingGroupName) => ({ AutoScalingGroupName }) as never),
});
autoScaling.on(DescribeLifecycleHooksCommand).resolves({ LifecycleHooks: [{ LifecycleHookName: 'slipway-launch' }] });

it('reads all groups with their hooks', async () => {
  const groups = await new AwsGroupSurvey(new AutoScalingClient({})).groups();

  expect(groups.map(({ autoScalingGroupName }) => autoScalingGroupName)).toEqual(['blue', 'green']);
  expect(groups[0]?.hooks).toMatchObject([{ lifecycleHookName: 'slipway-launch', direction: 'launch' }]);
});

it('gives up before whoever asks does', async () => {
  const survey = new AwsGroupSurvey(new AutoScalingClient({}), -1);

  await expect(survey.groups()).rejects.toMatchObject({ name: 'SurveyTooLong', read: 0 });
});
