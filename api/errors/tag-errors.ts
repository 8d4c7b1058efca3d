import { ApiError } from './api-error.ts';

/** Tags for an application, a deployment group or a deployment config that cannot be. */
export class InvalidTagsToAdd extends ApiError {
  readonly code = 'InvalidTagsToAddException';
}
