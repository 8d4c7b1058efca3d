import { INSTANCE_NAME_RULE } from '../../core/on-premises/on-premises-instance.ts';
import { ApiError } from './api-error.ts';

export class InstanceNameRequired extends ApiError {
  readonly code = 'InstanceNameRequiredException';

  constructor() {
    super('Instance name is missing');
  }
}

export class InvalidInstanceName extends ApiError {
  readonly code = 'InvalidInstanceNameException';

  constructor(instanceName: string) {
    super(`The instance name ${instanceName} is not valid: it must be ${INSTANCE_NAME_RULE}`);
  }
}

export class InstanceNotRegistered extends ApiError {
  readonly code = 'InstanceNotRegisteredException';

  constructor(instanceName: string) {
    super(`No on-premises instance is registered with the name: ${instanceName}`);
  }
}

export class InstanceNameAlreadyRegistered extends ApiError {
  readonly code = 'InstanceNameAlreadyRegisteredException';

  constructor(instanceName: string) {
    super(`An on-premises instance is registered with the name ${instanceName}: deregister it first`);
  }
}

export class IamArnRequired extends ApiError {
  readonly code = 'IamArnRequiredException';

  constructor() {
    super('The instance has no IAM identity: give iamSessionArn or iamUserArn');
  }
}

export class MultipleIamArnsProvided extends ApiError {
  readonly code = 'MultipleIamArnsProvidedException';

  constructor() {
    super('The instance has two IAM identities: give iamSessionArn or iamUserArn, not both');
  }
}

export class InvalidIamUserArn extends ApiError {
  readonly code = 'InvalidIamUserArnException';

  constructor(arn: string) {
    super(`The IAM user ARN ${arn} is not valid: it must be arn:aws:iam::<account>:user/<name>`);
  }
}

export class InvalidIamSessionArn extends ApiError {
  readonly code = 'InvalidIamSessionArnException';

  constructor(arn: string) {
    super(`The IAM session ARN ${arn} is not valid: it must be arn:aws:sts::<account>:assumed-role/<role>/<session>`);
  }
}

export class IamUserArnAlreadyRegistered extends ApiError {
  readonly code = 'IamUserArnAlreadyRegisteredException';

  constructor(arn: string) {
    super(`The IAM user ${arn} belongs to another registered instance: give each a user of its own`);
  }
}

export class IamSessionArnAlreadyRegistered extends ApiError {
  readonly code = 'IamSessionArnAlreadyRegisteredException';

  constructor(arn: string) {
    super(`The IAM session ${arn} belongs to another registered instance: give each a session name of its own`);
  }
}

export class InvalidRegistrationStatus extends ApiError {
  readonly code = 'InvalidRegistrationStatusException';

  constructor(registrationStatus: string) {
    super(`The registration status ${registrationStatus} is not valid: it must be Registered or Deregistered`);
  }
}

/** A filter in a list of on-premises instances that cannot be read. */
export class InvalidTagFilter extends ApiError {
  readonly code = 'InvalidTagFilterException';
}

/** Tags for on-premises instances that cannot be. */
export class InvalidTag extends ApiError {
  readonly code = 'InvalidTagException';
}

export class TagLimitExceeded extends ApiError {
  readonly code = 'TagLimitExceededException';

  constructor(of: string, limit: number) {
    super(`${of} would have more than ${limit} tags`);
  }
}

export class InstanceLimitExceeded extends ApiError {
  readonly code = 'InstanceLimitExceededException';

  constructor(given: number, limit: number) {
    super(`The request names ${given} instances; it may name ${limit} at most`);
  }
}
