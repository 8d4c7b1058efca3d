import { AwsError } from '../endpoint/service.ts';

/** The error that Auto Scaling answers with for nearly everything; no model lists it, so clients know it by name alone. */
export const validationError = (message: string): AwsError => new AwsError('ValidationError', message);

export const groupNotFound = (name: string): AwsError =>
  validationError(`AutoScalingGroup name not found - AutoScalingGroup ${name} not found`);

export const notPartOfGroup = (instanceId: string, groupName: string): AwsError =>
  validationError(`The instance ${instanceId} is not part of Auto Scaling group ${groupName}.`);

export const noActiveAction = (identity: { token: string } | { instanceId: string }): AwsError =>
  validationError(
    `No active Lifecycle Action found with ${'token' in identity ? `token ${identity.token}` : `instance ID ${identity.instanceId}`}`,
  );

export const blockedByActivity = (activityId: string): AwsError =>
  new AwsError('ScalingActivityInProgress', `Scaling activity ${activityId} is in progress and blocks this action`);

export const limitExceeded = (message: string): AwsError => new AwsError('LimitExceeded', message);

/** For what exists on AWS and not in a rehearsal: an error that names it is better than an empty success. */
export const notPlayed = (what: string): AwsError => validationError(`The rehearsal does not play ${what}.`);
