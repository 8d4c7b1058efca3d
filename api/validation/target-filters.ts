import type { WireTargetStatus } from '../../core/fleet/target-state.ts';
import { InvalidDeploymentInput } from '../errors/deployment-errors.ts';

const STATUSES: readonly WireTargetStatus[] = [
  'Failed',
  'InProgress',
  'Pending',
  'Ready',
  'Skipped',
  'Succeeded',
  'Unknown',
];

/** @throws InvalidDeploymentInput */
export function checkInstanceStatus(given: string): WireTargetStatus {
  const status = STATUSES.find((each) => each === given);
  if (!status) {
    throw new InvalidDeploymentInput(
      'InvalidInstanceStatusException',
      `The status ${given} is not valid: it must be one of ${STATUSES.join(', ')}`,
    );
  }
  return status;
}

/** Labels tell the fleets of a blue/green deployment apart. @throws InvalidDeploymentInput */
export function checkLabels(labels: readonly string[]): readonly string[] {
  const unknown = labels.find((label) => label !== 'Blue' && label !== 'Green');
  if (unknown === undefined) return labels;
  throw new InvalidDeploymentInput(
    'InvalidInstanceTypeException',
    `The label ${unknown} is not valid: it must be Blue or Green`,
  );
}

/** In place there is one fleet, without a label. @throws InvalidDeploymentInput */
export function refuseLabels(labels: readonly string[]): void {
  if (labels.length === 0) return;
  throw new InvalidDeploymentInput(
    'InvalidDeploymentInstanceTypeException',
    'A deployment in place has neither blue nor green instances: leave the label out',
  );
}
