import { NAME_RULE } from '../../core/names.ts';
import { ApiError } from './api-error.ts';

export class DeploymentGroupNameRequired extends ApiError {
  readonly code = 'DeploymentGroupNameRequiredException';

  constructor() {
    super('Deployment Group name is missing');
  }
}

export class InvalidDeploymentGroupName extends ApiError {
  readonly code = 'InvalidDeploymentGroupNameException';

  constructor(deploymentGroupName: string) {
    super(`The deployment group name ${deploymentGroupName} is not valid: it must be ${NAME_RULE}`);
  }
}

/** The wording is relied on: tools look for it in the message. */
export class DeploymentGroupDoesNotExist extends ApiError {
  readonly code = 'DeploymentGroupDoesNotExistException';

  constructor(deploymentGroupName: string) {
    super(`No Deployment Group found for name: ${deploymentGroupName}`);
  }
}

export class DeploymentGroupAlreadyExists extends ApiError {
  readonly code = 'DeploymentGroupAlreadyExistsException';

  constructor(deploymentGroupName: string) {
    super(`A deployment group already exists in the application with the name: ${deploymentGroupName}`);
  }
}

export class DeploymentGroupLimitExceeded extends ApiError {
  readonly code = 'DeploymentGroupLimitExceededException';

  constructor(limit: number) {
    super(`The application has ${limit} deployment groups, which is the most there can be: delete one first`);
  }
}
