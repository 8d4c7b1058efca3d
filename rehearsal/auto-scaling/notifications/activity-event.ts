import type { BusEvent } from '../../part.ts';
import type { Activity } from '../group/activity.ts';

export type ActivityOutcome =
  | 'EC2 Instance Launch Successful'
  | 'EC2 Instance Launch Unsuccessful'
  | 'EC2 Instance Terminate Successful'
  | 'EC2 Instance Terminate Unsuccessful';

/** The event of an activity that ended. A successful one says `InProgress`, as on AWS. */
export function activityEvent(outcome: ActivityOutcome, activity: Activity): BusEvent {
  return {
    source: 'aws.autoscaling',
    'detail-type': outcome,
    resources: [activity.autoScalingGroupArn],
    detail: {
      StatusCode: activity.status === 'Successful' ? 'InProgress' : activity.status,
      Description: activity.description,
      AutoScalingGroupName: activity.autoScalingGroupName,
      ActivityId: activity.activityId,
      Details: { 'Availability Zone': activity.availabilityZone, 'Subnet ID': activity.subnetId },
      RequestId: activity.activityId,
      StatusMessage: activity.statusMessage ?? '',
      EndTime: new Date(activity.endedAtMs ?? activity.startedAtMs).toISOString(),
      EC2InstanceId: activity.instanceId,
      StartTime: new Date(activity.startedAtMs).toISOString(),
      Cause: activity.cause,
    },
  };
}
