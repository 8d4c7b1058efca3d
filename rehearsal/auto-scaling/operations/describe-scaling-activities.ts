import { z } from 'zod';
import { flag, listOf, texts, wholeNumber } from '../../ec2/input.ts';
import { page } from '../../ec2/page.ts';
import { AwsError } from '../../endpoint/service.ts';
import { activityView } from '../group/activity-view.ts';
import type { Activity } from '../group/activity.ts';
import { groupName } from '../group/group-input.ts';
import { operation } from '../operation.ts';

const rules = z.object({
  AutoScalingGroupName: groupName.optional(),
  ActivityIds: texts.default([]),
  Filters: listOf(
    z.object({ Name: z.enum(['StartTimeLowerBound', 'StartTimeUpperBound', 'Status']), Values: texts }),
  ).default([]),
  IncludeDeletedGroups: flag.default(false),
  MaxRecords: wholeNumber.min(1).max(100).default(100),
  NextToken: z.string().optional(),
});

/** Activities: those in progress first, then the newest first. @throws AwsError ValidationError for an unknown group */
export const describeScalingActivities = operation(rules, (input, { activities, groups }) => {
  const { AutoScalingGroupName: name, ActivityIds: ids } = input;
  const arn = name !== undefined && !input.IncludeDeletedGroups ? groups.get(name).group.arn : undefined;
  const alive = new Set(groups.list().map(({ group }) => group.arn));
  const chosen = activities
    .list()
    .filter(({ autoScalingGroupArn }) => arn === undefined || autoScalingGroupArn === arn)
    .filter(({ autoScalingGroupName }) => name === undefined || autoScalingGroupName === name)
    .filter(({ autoScalingGroupArn }) => input.IncludeDeletedGroups || alive.has(autoScalingGroupArn))
    .filter(({ activityId }) => ids.length === 0 || ids.includes(activityId))
    .filter((activity) => input.Filters.every((filter) => passes(activity, filter)));
  const { items, nextToken } = page(chosen, {
    size: input.MaxRecords,
    token: input.NextToken,
    invalidToken: () => new AwsError('InvalidNextToken', `The token '${input.NextToken}' is invalid.`),
  });
  return { Activities: items.map(activityView), NextToken: nextToken };
});

/** Several filters must all hold; one holds with any of its values. Bounds are inclusive. */
function passes({ startedAtMs, status }: Activity, { Name, Values }: { Name: string; Values: string[] }): boolean {
  if (Name === 'Status') return Values.includes(status);
  const bounds = Values.map((value) => Date.parse(value));
  return bounds.some((bound) => (Name === 'StartTimeLowerBound' ? startedAtMs >= bound : startedAtMs <= bound));
}
