import {
  type ApplicationRevision,
  describeApplicationRevision,
} from '../../core/application-revisions/application-revision.ts';
import { ApiError } from './api-error.ts';

export class GitHubAccountTokenNameRequired extends ApiError {
  readonly code = 'GitHubAccountTokenNameRequiredException';

  constructor() {
    super('GitHub account token name is missing');
  }
}

export class InvalidGitHubAccountTokenName extends ApiError {
  readonly code = 'InvalidGitHubAccountTokenNameException';

  constructor(tokenName: string) {
    super(`The GitHub account token name ${tokenName} is not valid: it must have 1 to 100 printable characters`);
  }
}

export class GitHubAccountTokenDoesNotExist extends ApiError {
  readonly code = 'GitHubAccountTokenDoesNotExistException';

  constructor(tokenName: string) {
    super(`No GitHub account token found for name: ${tokenName}`);
  }
}

/** A token that is not the API's to forget. */
export class OperationNotSupported extends ApiError {
  readonly code = 'OperationNotSupportedException';

  constructor(tokenName: string) {
    super(`The GitHub token ${tokenName} belongs to the engine’s template: take it out of gitHubTokens there`);
  }
}

/** A revision of a repository whose owner has a token that opens nothing. */
export class InvalidGitHubAccountToken extends ApiError {
  readonly code = 'InvalidGitHubAccountTokenException';

  constructor(revision: ApplicationRevision, reason: string) {
    super(`${describeApplicationRevision(revision)} cannot be deployed: ${reason}`);
  }
}
