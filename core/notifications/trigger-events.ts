import type { DeploymentStatus } from '../fleet/deployment-status.ts';
import type { WireTargetStatus } from '../fleet/target-state.ts';
import type { DeploymentCreator } from '../target-request.ts';

/** What a trigger can be for, in CodeDeploy's words. */
export type TriggerEvent =
  | 'DeploymentStart'
  | 'DeploymentSuccess'
  | 'DeploymentFailure'
  | 'DeploymentStop'
  | 'DeploymentRollback'
  | 'DeploymentReady'
  | 'InstanceStart'
  | 'InstanceSuccess'
  | 'InstanceFailure'
  | 'InstanceReady';

/** A trigger of a deployment group. */
export interface Trigger {
  readonly triggerName: string;
  readonly triggerTargetArn: string;
  readonly triggerEvents: readonly TriggerEvent[];
}

/** What a deployment's new status fires. `DeploymentRollback` is a rollback's that goes to work. */
export function deploymentTriggerEvent(status: DeploymentStatus, creator: DeploymentCreator): TriggerEvent | undefined {
  switch (status) {
    case 'Created':
      return 'DeploymentStart';
    case 'InProgress':
      return creator === 'codeDeployRollback' ? 'DeploymentRollback' : undefined;
    case 'Succeeded':
      return 'DeploymentSuccess';
    case 'Failed':
      return 'DeploymentFailure';
    case 'Stopped':
      return 'DeploymentStop';
    case 'Ready':
      return 'DeploymentReady';
    default:
      return undefined;
  }
}

/** What a target's new status fires. */
export function targetTriggerEvent(status: WireTargetStatus): TriggerEvent | undefined {
  switch (status) {
    case 'InProgress':
      return 'InstanceStart';
    case 'Succeeded':
      return 'InstanceSuccess';
    case 'Failed':
      return 'InstanceFailure';
    case 'Ready':
      return 'InstanceReady';
    default:
      return undefined;
  }
}

/** The triggers that an event fires. */
export function triggersFor(event: TriggerEvent | undefined, triggers: readonly Trigger[]): readonly Trigger[] {
  return event === undefined ? [] : triggers.filter(({ triggerEvents }) => triggerEvents.includes(event));
}
