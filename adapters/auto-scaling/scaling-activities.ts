import { type Activity, type AutoScalingClient, DescribeScalingActivitiesCommand } from '@aws-sdk/client-auto-scaling';

import type { ScalingActivity } from '../../core/explain/surroundings-story.ts';

/** What Auto Scaling did with instances of a group, which it remembers for six weeks. */
export interface ScalingActivities {
  of(autoScalingGroupName: string, instanceId: string): Promise<readonly ScalingActivity[]>;
}

/** A group that never rests has thousands: those of an instance that people ask about are among the latest. */
const MOST_PAGES = 10;

export class AwsScalingActivities implements ScalingActivities {
  readonly #client: AutoScalingClient;

  constructor(client: AutoScalingClient) {
    this.#client = client;
  }

  async of(autoScalingGroupName: string, instanceId: string): Promise<readonly ScalingActivity[]> {
    const found: ScalingActivity[] = [];
    let NextToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await this.#client.send(
        new DescribeScalingActivitiesCommand({
          AutoScalingGroupName: autoScalingGroupName,
          IncludeDeletedGroups: true,
          NextToken,
        }),
      );
      const own = answer.Activities?.filter(({ Description = '' }) => Description.includes(instanceId)) ?? [];
      found.push(...own.map(activityIn));
      NextToken = answer.NextToken;
      if (NextToken === undefined) break;
    }
    return found;
  }
}

/** Auto Scaling names the token of an action that was abandoned; a token is told to nobody. */
const TOKEN = / with token [\da-f-]+/g;

function activityIn(activity: Activity): ScalingActivity {
  const { Description = '', Cause, StatusCode = '', StatusMessage, StartTime, EndTime } = activity;
  return {
    // Auto Scaling repeats the status message in the description.
    description: Description.split(/\.?\s+Status Reason:/)[0] ?? '',
    status: StatusCode,
    startedAt: (StartTime ?? new Date(0)).toISOString(),
    ...(Cause !== undefined && { cause: Cause }),
    ...(StatusMessage && { statusMessage: StatusMessage.replace(TOKEN, '') }),
    ...(EndTime && { endedAt: EndTime.toISOString() }),
  };
}
