import { NAME_RULE } from '../../core/names.ts';
import { ApiError } from './api-error.ts';

export class ApplicationNameRequired extends ApiError {
  readonly code = 'ApplicationNameRequiredException';

  constructor() {
    super('Application name is missing');
  }
}

export class InvalidApplicationName extends ApiError {
  readonly code = 'InvalidApplicationNameException';

  constructor(applicationName: string) {
    super(`The application name ${applicationName} is not valid: it must be ${NAME_RULE}`);
  }
}

/** The wording is relied on: tools look for it in the message. */
export class ApplicationDoesNotExist extends ApiError {
  readonly code = 'ApplicationDoesNotExistException';

  constructor(applicationName: string) {
    super(`No application found for name: ${applicationName}`);
  }
}

export class ApplicationAlreadyExists extends ApiError {
  readonly code = 'ApplicationAlreadyExistsException';

  constructor(applicationName: string) {
    super(`An application already exists with the name: ${applicationName}`);
  }
}

export class ApplicationLimitExceeded extends ApiError {
  readonly code = 'ApplicationLimitExceededException';

  constructor(limit: number) {
    super(`This account has ${limit} applications in this Region, which is the most there can be: delete one first`);
  }
}

export class InvalidComputePlatform extends ApiError {
  readonly code = 'InvalidComputePlatformException';

  constructor(computePlatform: string) {
    super(`The compute platform ${computePlatform} is not valid: it must be Server, Lambda or ECS`);
  }
}
