import { ApiError } from './api-error.ts';

export class DeploymentIdRequired extends ApiError {
  readonly code = 'DeploymentIdRequiredException';

  constructor() {
    super('Deployment id is missing');
  }
}

export class InvalidDeploymentId extends ApiError {
  readonly code = 'InvalidDeploymentIdException';

  constructor(deploymentId: string) {
    super(`The deployment id ${deploymentId} is not valid: it must be d- and nine capital letters or digits`);
  }
}

export class DeploymentDoesNotExist extends ApiError {
  readonly code = 'DeploymentDoesNotExistException';

  constructor(deploymentId: string) {
    super(`The deployment ${deploymentId} could not be found`);
  }
}

/** The wording is relied on: tools read the id of the active deployment out of it. */
export class DeploymentLimitExceeded extends ApiError {
  readonly code = 'DeploymentLimitExceededException';
}

export class DeploymentAlreadyCompleted extends ApiError {
  readonly code = 'DeploymentAlreadyCompletedException';

  constructor(deploymentId: string) {
    super(`The deployment ${deploymentId} has already ended`);
  }
}

export class DeploymentNotStarted extends ApiError {
  readonly code = 'DeploymentNotStartedException';

  constructor(deploymentId: string) {
    super(`The deployment ${deploymentId} has not started: its targets are not chosen yet`);
  }
}

/** What CodeDeploy could be asked for and this deployment cannot do. */
export class UnsupportedAction extends ApiError {
  readonly code = 'UnsupportedActionForDeploymentTypeException';
}

/** A deployment that is right in all that was asked, and to what nothing here can deploy to yet. */
export class NotBuilt extends UnsupportedAction {
  /** @param what in the plural, as in `deployments to Lambda` */
  constructor(what: string) {
    super(`Slipway deploys revisions to servers in place; ${what} are not built yet. Settings are kept as they are`);
  }
}

/** A member of a call about deployments that cannot be, by the exception that CodeDeploy has for it. */
export class InvalidDeploymentInput extends ApiError {
  readonly code:
    | 'InvalidAlarmConfigException'
    | 'InvalidComputePlatformException'
    | 'InvalidDeploymentInstanceTypeException'
    | 'InvalidDeploymentStatusException'
    | 'InvalidDeploymentTargetIdException'
    | 'InvalidDeploymentWaitTypeException'
    | 'InvalidExternalIdException'
    | 'InvalidFileExistsBehaviorException'
    | 'InvalidInputException'
    | 'InvalidIgnoreApplicationStopFailuresValueException'
    | 'InvalidInstanceNameException'
    | 'InvalidInstanceStatusException'
    | 'InvalidInstanceTypeException'
    | 'InvalidLifecycleEventHookExecutionIdException'
    | 'InvalidLifecycleEventHookExecutionStatusException'
    | 'InvalidTargetFilterNameException'
    | 'InvalidTimeRangeException'
    | 'InvalidUpdateOutdatedInstancesOnlyValueException';

  constructor(code: InvalidDeploymentInput['code'], message: string) {
    super(message);
    this.code = code;
  }
}

export class DeploymentTargetIdRequired extends ApiError {
  readonly code = 'DeploymentTargetIdRequiredException';

  constructor() {
    super('Deployment target id is missing');
  }
}

export class DeploymentTargetDoesNotExist extends ApiError {
  readonly code = 'DeploymentTargetDoesNotExistException';

  constructor(deploymentId: string, targetId: string) {
    super(`The deployment ${deploymentId} has no target ${targetId}`);
  }
}

export class DeploymentTargetListSizeExceeded extends ApiError {
  readonly code = 'DeploymentTargetListSizeExceededException';

  constructor(given: number, limit: number) {
    super(`${given} targets are named, of at most ${limit}`);
  }
}

export class InstanceIdRequired extends ApiError {
  readonly code = 'InstanceIdRequiredException';

  constructor() {
    super('Instance id is missing');
  }
}

/** No deployment to it is on record. */
export class UnknownInstance extends ApiError {
  readonly code = 'InstanceDoesNotExistException';

  constructor(instanceId: string) {
    super(`No deployment to ${instanceId} is on record; deployments are kept for 90 days`);
  }
}

export class InstanceDoesNotExist extends ApiError {
  readonly code = 'InstanceDoesNotExistException';

  constructor(deploymentId: string, instanceId: string) {
    super(`The deployment ${deploymentId} has no instance ${instanceId}`);
  }
}
