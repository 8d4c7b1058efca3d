import {
  type ApplicationRevision,
  describeApplicationRevision,
} from '../../core/application-revisions/application-revision.ts';
import { ApiError } from './api-error.ts';

export class RevisionRequired extends ApiError {
  readonly code = 'RevisionRequiredException';

  constructor() {
    super('Revision is missing');
  }
}

/** A revision that cannot be, or not on the application's platform; the message says what to change. */
export class InvalidRevision extends ApiError {
  readonly code = 'InvalidRevisionException';
}

export class RevisionDoesNotExist extends ApiError {
  readonly code = 'RevisionDoesNotExistException';

  constructor(applicationName: string, revision: ApplicationRevision) {
    super(`No revision ${describeApplicationRevision(revision)} is registered with the application ${applicationName}`);
  }
}

export class DescriptionTooLong extends ApiError {
  readonly code = 'DescriptionTooLongException';

  constructor(given: number, limit: number) {
    super(`The description has ${given} characters; it may have ${limit} at most`);
  }
}
