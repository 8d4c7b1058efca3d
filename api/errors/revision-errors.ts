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

/** A bundle without an AppSpec that hosts could follow; the message has a line for each fault, as compilers do. */
export class FaultyBundle extends InvalidRevision {
  constructor(revision: ApplicationRevision, faults: readonly string[]) {
    super(`${describeApplicationRevision(revision)} cannot be deployed:\n${faults.join('\n')}`);
  }
}

/** A revision that lies nowhere; nobody can deploy it. */
export class BundleDoesNotExist extends ApiError {
  readonly code = 'RevisionDoesNotExistException';

  constructor(revision: ApplicationRevision, reason: string) {
    super(`${describeApplicationRevision(revision)} cannot be deployed, for it is not there: ${reason}`);
  }
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
