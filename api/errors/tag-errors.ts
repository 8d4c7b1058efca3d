import { ApiError } from './api-error.ts';

/** Tags for an application, a deployment group or a deployment config that cannot be. */
export class InvalidTagsToAdd extends ApiError {
  readonly code = 'InvalidTagsToAddException';
}

export class ResourceArnRequired extends ApiError {
  readonly code = 'ResourceArnRequiredException';

  constructor() {
    super('Resource ARN is missing');
  }
}

export class TagRequired extends ApiError {
  readonly code = 'TagRequiredException';

  constructor() {
    super('The request names no tag');
  }
}

export class InvalidArn extends ApiError {
  readonly code = 'InvalidArnException';

  constructor(arn: string) {
    super(`${arn} is not an ARN`);
  }
}

/** An ARN of something that has no tags here. */
export class ArnNotSupported extends ApiError {
  readonly code = 'ArnNotSupportedException';

  constructor(arn: string) {
    super(`${arn} has no tags here: only applications, deployment groups and deployment configs of CodeDeploy have`);
  }
}
