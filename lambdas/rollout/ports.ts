import type { Respond } from '../../adapters/cloudformation/custom-resource-response.ts';
import type { Stacks } from '../../adapters/cloudformation/stacks.ts';
import type { Ports as ApiPorts } from '../../api/operation.ts';
import type { FleetEngine } from '../fleet/fleet-engine.ts';

/** What the roll-out of declared revisions speaks to: for the most part what makes and runs any deployment. */
export interface Ports
  extends
    Pick<
      ApiPorts,
      | 'applications'
      | 'namedGroups'
      | 'deploymentConfigs'
      | 'groupDeployments'
      | 'fleetDeployments'
      | 'applicationRevisions'
      | 'revisionBundles'
      | 'fleetExecutions'
    >,
    Pick<
      FleetEngine,
      | 'stackRequests'
      | 'autoScalingGroups'
      | 'standbyNotes'
      | 'instances'
      | 'hosts'
      | 'fleets'
      | 'taskTokens'
      | 'deploymentGroups'
      | 'launchGuards'
      | 'telemetry'
      | 'clock'
    > {
  readonly stacks: Stacks;
  readonly respond: Respond;
}
