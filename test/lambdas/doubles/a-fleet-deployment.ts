import type { FleetDeploymentOrder } from '../../../core/fleet-deployment.ts';
import { deploymentGroupIdFor } from '../../../core/identifiers.ts';
import { REVISION_TWO, WEB_FLEET } from './builders.ts';
import { NOON } from './recorded-engine.ts';

/** A deployment of the second revision to the web fleet, one host at a time. */
export function aFleetDeployment(changes: Partial<FleetDeploymentOrder> = {}): FleetDeploymentOrder {
  return {
    deploymentId: 'd-FLEET0001',
    ...WEB_FLEET,
    group: WEB_FLEET,
    deploymentGroupId: deploymentGroupIdFor(WEB_FLEET),
    deploymentConfigName: 'CodeDeployDefault.OneAtATime',
    minimumHealthyHosts: { type: 'MOST_CONCURRENCY', value: 1 },
    revision: REVISION_TWO,
    creator: 'user',
    ignoreApplicationStopFailures: false,
    updateOutdatedInstancesOnly: false,
    fileExistsBehavior: 'DISALLOW',
    outdatedInstancesStrategy: 'UPDATE',
    selection: { autoScalingGroups: ['web-blue'], ec2: {}, onPremises: {} },
    createdAtMs: NOON,
    ...changes,
  };
}
