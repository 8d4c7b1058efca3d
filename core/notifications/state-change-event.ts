import type { DeploymentStatus } from '../fleet/deployment-status.ts';
import type { WireTargetStatus } from '../fleet/target-state.ts';
import type { Home } from './home.ts';
import type { Scene } from './wire-text.ts';

/** Nobody but AWS may publish under `aws.`: rules for CodeDeploy's own events need this source besides. */
export const EVENT_SOURCE = 'slipway.codedeploy';

/** An event for the default bus: what PutEvents takes. */
export interface StateChangeEvent {
  readonly Source: typeof EVENT_SOURCE;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Resources: readonly string[];
}

/** The deployment, and the id that its group has for life. */
export interface EventScene extends Scene, Home {
  readonly deploymentGroupId: string;
}

type State = 'START' | 'SUCCESS' | 'FAILURE' | 'STOP' | 'READY';

const DEPLOYMENT_STATES: Partial<Record<DeploymentStatus, State>> = {
  Created: 'START',
  Succeeded: 'SUCCESS',
  Failed: 'FAILURE',
  Stopped: 'STOP',
  Ready: 'READY',
};

const TARGET_STATES: Partial<Record<WireTargetStatus, State>> = {
  InProgress: 'START',
  Succeeded: 'SUCCESS',
  Failed: 'FAILURE',
  Ready: 'READY',
};

/** The event of a deployment's new status; undefined for one that nobody is told of. */
export function deploymentEvent(status: DeploymentStatus, scene: EventScene): StateChangeEvent | undefined {
  const state = DEPLOYMENT_STATES[status];
  return state && eventOf('CodeDeploy Deployment State-change Notification', scene, { state });
}

/** The event of a target's new status; likewise. */
export function targetEvent(
  status: WireTargetStatus,
  instanceId: string,
  scene: EventScene,
): StateChangeEvent | undefined {
  const state = TARGET_STATES[status];
  return state && eventOf('CodeDeploy Instance State-change Notification', scene, { instanceId, state });
}

function eventOf(
  DetailType: string,
  { partition, region, accountId, applicationName, deploymentGroupName, deploymentGroupId, deploymentId }: EventScene,
  detail: { readonly state: State; readonly instanceId?: string },
): StateChangeEvent {
  const arn = `arn:${partition}:codedeploy:${region}:${accountId}`;
  return {
    Source: EVENT_SOURCE,
    DetailType,
    Detail: JSON.stringify({
      region,
      application: applicationName,
      deploymentGroup: deploymentGroupName,
      deploymentId,
      instanceGroupId: deploymentGroupId,
      ...detail,
    }),
    Resources: [
      `${arn}:application:${applicationName}`,
      `${arn}:deploymentgroup:${applicationName}/${deploymentGroupName}`,
    ],
  };
}
