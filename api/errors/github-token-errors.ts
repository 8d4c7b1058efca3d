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
