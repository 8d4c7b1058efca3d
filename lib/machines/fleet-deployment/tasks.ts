import { type State, afterFault, invoke, type Retrier } from '../states.ts';

export interface FleetDeploymentProps {
  /** AWS partition of the machine, which the ARNs of its integrations name: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly fleetFunctionArn: string;
  /** `InstanceDeployment`, which every target is given to. */
  readonly instanceDeploymentArn: string;
  readonly tableName: string;
}

/** ARN of a service integration. */
export function integration({ partition }: FleetDeploymentProps, name: string): string {
  return `arn:${partition}:states:::${name}`;
}

/** One step of the fleet function: a call that is answered within seconds and may be repeated. */
export function fleetStep(
  props: FleetDeploymentProps,
  name: string,
  payload: Readonly<Record<string, unknown>> = {},
  retry: readonly Retrier[] = [],
): State {
  return {
    ...invoke(integration(props, 'lambda:invoke'), props.fleetFunctionArn, {
      step: name,
      deploymentId: '{% $states.context.Execution.Input.deploymentId %}',
      ...payload,
    }),
    Retry: [...retry, ...afterFault],
  };
}
