import { InvalidDeploymentInput } from '../errors/deployment-errors.ts';

/** An instance of EC2 or its name on premises, a function, `<cluster>:<service>`, or the ARN of a stack. */
const TARGET_ID = /^[\w+=,.@:/-]{1,1011}$/;

/** An instance of EC2, or its name on premises. */
const INSTANCE_ID = /^[\w+=,.@-]{1,100}$/;

/** What could be a target of some deployment. @throws InvalidDeploymentInput */
export function checkTargetId(targetId: string): string {
  if (TARGET_ID.test(targetId)) return targetId;
  throw new InvalidDeploymentInput(
    'InvalidDeploymentTargetIdException',
    `The target id ${targetId} is not valid: take it from ListDeploymentTargets`,
  );
}

/** What could be an instance that somebody deploys to. @throws InvalidDeploymentInput */
export function checkInstanceId(instanceId: string): string {
  if (INSTANCE_ID.test(instanceId)) return instanceId;
  throw new InvalidDeploymentInput(
    'InvalidInstanceNameException',
    `The instance id ${instanceId} is not valid: take it from ListDeploymentInstances`,
  );
}
