import type { Activity } from './activity.ts';

/** An activity as the API shows it; `Details` is JSON in a text. */
export const activityView = (activity: Activity) => ({
  ActivityId: activity.activityId,
  AutoScalingGroupName: activity.autoScalingGroupName,
  AutoScalingGroupARN: activity.autoScalingGroupArn,
  Description: activity.description,
  Cause: activity.cause,
  StartTime: new Date(activity.startedAtMs),
  ...(activity.endedAtMs !== undefined && { EndTime: new Date(activity.endedAtMs) }),
  StatusCode: activity.status,
  StatusMessage: activity.statusMessage,
  Progress: activity.progress,
  Details: JSON.stringify({ 'Subnet ID': activity.subnetId, 'Availability Zone': activity.availabilityZone }),
});
