import { causeTime } from './activity.ts';

/** Sentences of a scaling activity's cause, each beginning "At <time>". */
export const causes = {
  groupCreated: (at: number, desired: number): string =>
    `At ${causeTime(at)} a user request created an AutoScalingGroup changing the desired capacity from 0 to ${desired}.`,
  groupUpdated: (
    at: number,
    { min, max, desired }: { min: number; max: number; desired: number },
    from: number,
  ): string =>
    `At ${causeTime(at)} a user request update of AutoScalingGroup constraints to min: ${min}, max: ${max}, desired: ${desired}` +
    `${from === desired ? '' : ` changing the desired capacity from ${from} to ${desired}`}.`,
  desiredSet: (at: number, from: number, to: number): string =>
    `At ${causeTime(at)} a user request explicitly set group desired capacity changing the desired capacity from ${from} to ${to}.`,
  groupDeleted: (at: number): string => `At ${causeTime(at)} a user request force-deleted the AutoScalingGroup.`,
  started: (at: number, from: number, to: number): string =>
    `At ${causeTime(at)} an instance was started in response to a difference between desired and actual capacity, ` +
    `increasing the capacity from ${from} to ${to}.`,
  startedForPool: (at: number, from: number, to: number): string =>
    `At ${causeTime(at)} an instance was started in response to a difference between desired and actual warm pool ` +
    `capacity, increasing the warm pool from ${from} to ${to}.`,
  takenFromPool: (at: number, instanceId: string, from: number, to: number): string =>
    `At ${causeTime(at)} an instance was taken out of the warm pool in response to a difference between desired and ` +
    `actual warm pool capacity, shrinking the warm pool from ${from} to ${to}.  At ${causeTime(at)} instance ` +
    `${instanceId} was selected for termination.`,
  takenOut: (at: number, instanceId: string, from: number, to: number): string =>
    `At ${causeTime(at)} an instance was taken out of service in response to a difference between desired and actual ` +
    `capacity, shrinking the capacity from ${from} to ${to}.  At ${causeTime(at)} instance ${instanceId} was selected for termination.`,
  launchFailed: (at: number): string =>
    `At ${causeTime(at)} an instance was taken out of service in response to a launch failure.`,
  terminatedByUser: (at: number, instanceId: string, shrinking?: { from: number; to: number }): string =>
    `At ${causeTime(at)} instance ${instanceId} was taken out of service in response to a user request` +
    `${shrinking ? `, shrinking the capacity from ${shrinking.from} to ${shrinking.to}` : ''}.`,
  unhealthyMachine: (at: number): string =>
    `At ${causeTime(at)} an instance was taken out of service in response to an EC2 health check indicating it has been ` +
    'terminated or stopped.',
  unhealthyTarget: (at: number): string =>
    `At ${causeTime(at)} an instance was taken out of service in response to an ELB system health check failure.`,
  unhealthyByUser: (at: number): string =>
    `At ${causeTime(at)} an instance was taken out of service in response to a user health-check.`,
  standbyEntered: (at: number, instanceId: string): string =>
    `At ${causeTime(at)} instance ${instanceId} was moved to standby in response to a user request.`,
  standbyLeft: (at: number, instanceId: string): string =>
    `At ${causeTime(at)} instance ${instanceId} was moved out of standby in response to a user request.`,
  detached: (at: number, instanceId: string): string =>
    `At ${causeTime(at)} instance ${instanceId} was detached in response to a user request.`,
  attached: (at: number, instanceId: string): string =>
    `At ${causeTime(at)} an instance was attached in response to a user request: ${instanceId}.`,
};
