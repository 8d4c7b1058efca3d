import type { DeploymentGroup } from '../../core/deployment-group.ts';
import { aDeploymentGroup } from '../lambdas/doubles/builders.ts';

/** Minutes pass in parts of a second here: on a busy machine, hosts that work must not be taken for silent. */
export function aPatientGroup(changes: Partial<DeploymentGroup> = {}): DeploymentGroup {
  return aDeploymentGroup({ silenceLimitSeconds: 3600, ...changes });
}
