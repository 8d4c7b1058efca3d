import type { DeploymentConfigFault } from '../../core/deployment-configs/deployment-config-fault.ts';
import { NAME_RULE } from '../../core/names.ts';
import { ApiError } from './api-error.ts';

/** A config that cannot be created, by the rule that it breaks. */
export class InvalidDeploymentConfig extends ApiError {
  readonly code: DeploymentConfigFault['code'];

  constructor(fault: DeploymentConfigFault) {
    super(fault.message, { cause: fault });
    this.code = fault.code;
  }
}

export class DeploymentConfigNameRequired extends ApiError {
  readonly code = 'DeploymentConfigNameRequiredException';

  constructor() {
    super('Deployment config name is missing');
  }
}

export class InvalidDeploymentConfigName extends ApiError {
  readonly code = 'InvalidDeploymentConfigNameException';

  constructor(deploymentConfigName: string) {
    super(`The deployment config name ${deploymentConfigName} is not valid: it must be ${NAME_RULE}`);
  }
}

export class DeploymentConfigDoesNotExist extends ApiError {
  readonly code = 'DeploymentConfigDoesNotExistException';

  constructor(deploymentConfigName: string) {
    super(`No deployment configuration found for name: ${deploymentConfigName}`);
  }
}

export class DeploymentConfigAlreadyExists extends ApiError {
  readonly code = 'DeploymentConfigAlreadyExistsException';

  constructor(deploymentConfigName: string) {
    super(`A deployment config already exists with the name: ${deploymentConfigName}`);
  }
}

export class DeploymentConfigLimitExceeded extends ApiError {
  readonly code = 'DeploymentConfigLimitExceededException';

  constructor(limit: number) {
    super(`This account has ${limit} deployment configs of its own, which is the most there can be: delete one first`);
  }
}

export class DeploymentConfigInUse extends ApiError {
  readonly code = 'DeploymentConfigInUseException';

  constructor(deploymentConfigName: string) {
    super(`The deployment config ${deploymentConfigName} is used by a deployment group: give that one another first`);
  }
}

export class InvalidOperation extends ApiError {
  readonly code = 'InvalidOperationException';
}
