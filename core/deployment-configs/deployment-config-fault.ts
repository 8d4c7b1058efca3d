/** CodeDeploy's names for what can be wrong with a new deployment config. */
export type DeploymentConfigFaultCode =
  | 'DeploymentConfigNameRequiredException'
  | 'InvalidDeploymentConfigNameException'
  | 'InvalidComputePlatformException'
  | 'InvalidMinimumHealthyHostValueException'
  | 'InvalidTrafficRoutingConfigurationException'
  | 'InvalidZonalDeploymentConfigurationException';

/** A deployment config that cannot be. `code` is the exception's name on the wire. */
export class DeploymentConfigFault extends Error {
  override readonly name = 'DeploymentConfigFault';
  readonly code: DeploymentConfigFaultCode;

  constructor(code: DeploymentConfigFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}
