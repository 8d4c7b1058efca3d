import type { AutoScalingGroups } from '../../adapters/auto-scaling/auto-scaling-groups.ts';
import type { Respond } from '../../adapters/cloudformation/custom-resource-response.ts';
import type { Alarms } from '../../adapters/cloudwatch/alarms.ts';
import type { Instances } from '../../adapters/ec2/instances.ts';
import type { Executions } from '../../adapters/step-functions/executions.ts';
import type { FleetDeployments } from '../../adapters/table/fleet-deployments.ts';
import type { FleetTargets } from '../../adapters/table/fleet-targets.ts';
import type { GroupDeployments } from '../../adapters/table/group-deployments.ts';
import type { LaunchGuards } from '../../adapters/table/launch-guards.ts';
import type { StackRequests } from '../../adapters/table/stack-requests.ts';
import type { Engine } from '../engine.ts';

/** Everything outside that deployments to fleets speak to. */
export interface FleetEngine extends Pick<
  Engine,
  | 'targets'
  | 'hosts'
  | 'mailboxes'
  | 'fleets'
  | 'standbyGroups'
  | 'standbyNotes'
  | 'deploymentGroups'
  | 'taskTokens'
  | 'notifications'
  | 'telemetry'
  | 'clock'
> {
  readonly deployments: FleetDeployments;
  readonly fleetTargets: FleetTargets;
  readonly stackRequests: StackRequests;
  readonly groups: GroupDeployments;
  readonly autoScalingGroups: AutoScalingGroups;
  readonly launchGuards: LaunchGuards;
  readonly instances: Instances;
  readonly alarms: Alarms;
  /** Of `FleetDeployment`: what follows a deployment is another. */
  readonly executions: Executions;
  /** Tells stacks that wait for a verdict. */
  readonly respond: Respond;
}
