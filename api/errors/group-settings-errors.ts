import { ApiError } from './api-error.ts';

/** Exceptions for what a deployment group can be told wrongly. */
export type SettingCode =
  | 'AlarmsLimitExceededException'
  | 'ECSServiceMappingLimitExceededException'
  | 'InvalidAlarmConfigException'
  | 'InvalidAutoRollbackConfigException'
  | 'InvalidAutoScalingGroupException'
  | 'InvalidBlueGreenDeploymentConfigurationException'
  | 'InvalidDeploymentConfigNameException'
  | 'InvalidDeploymentStyleException'
  | 'InvalidEC2TagCombinationException'
  | 'InvalidEC2TagException'
  | 'InvalidECSServiceException'
  | 'InvalidInputException'
  | 'InvalidLoadBalancerInfoException'
  | 'InvalidOnPremisesTagCombinationException'
  | 'InvalidTagException'
  | 'InvalidTargetGroupPairException'
  | 'InvalidTargetInstancesException'
  | 'InvalidTriggerConfigException'
  | 'LifecycleHookLimitExceededException'
  | 'TagSetListLimitExceededException'
  | 'TriggerTargetsLimitExceededException';

/** A setting that cannot be, by the exception that CodeDeploy has for it. */
export class InvalidSetting extends ApiError {
  readonly code: SettingCode;

  constructor(code: SettingCode, message: string) {
    super(message);
    this.code = code;
  }
}

export class RoleRequired extends ApiError {
  readonly code = 'RoleRequiredException';

  constructor() {
    super('Service role ARN is missing');
  }
}

export class InvalidRole extends ApiError {
  readonly code = 'InvalidRoleException';

  constructor(serviceRoleArn: string) {
    super(`${serviceRoleArn} is not the ARN of an IAM role, such as arn:aws:iam::111122223333:role/CodeDeploy`);
  }
}

/** A group that a template declares changes with its template alone. */
export class DeclaredByStack extends ApiError {
  readonly code = 'InvalidInputException';

  constructor(deploymentGroupName: string, stackId: string) {
    super(`The deployment group ${deploymentGroupName} is declared by the stack ${stackId}: change it in its template`);
  }
}

/** Clients repeat the call by themselves. */
export class ChangedMeanwhile extends ApiError {
  readonly code = 'ThrottlingException';

  constructor(deploymentGroupName: string) {
    super(`Another call changed the deployment group ${deploymentGroupName} at the same moment: repeat this one`);
  }
}
