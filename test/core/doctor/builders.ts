import type { DeploymentGroup } from '../../../core/deployment-group.ts';
import type {
  ObservedAutoScalingGroup,
  ObservedHook,
  ObservedInstance,
  Observation,
} from '../../../core/doctor/observation.ts';
import type { HookDirection, HookTarget } from '../../../core/lifecycle-hook.ts';
import { type DeploymentGroupName, encodeHookMetadata } from '../../../core/names.ts';

export const HOOK_TARGET: HookTarget = {
  lifecycleQueueArn: 'arn:aws:sqs:us-east-1:111122223333:lifecycle-actions',
  hookRoleArn: 'arn:aws:iam::111122223333:role/hooks',
};

/** An account in which nothing is wrong, for there is nothing in it. */
export function anObservation(changes: Partial<Observation> = {}): Observation {
  return {
    hookTarget: HOOK_TARGET,
    delivery: { kind: 'works' },
    autoScalingGroups: [],
    deploymentGroups: [],
    lastLaunches: new Map(),
    sharing: new Map(),
    hosts: new Map(),
    ...changes,
  };
}

export function anAutoScalingGroup(changes: Partial<ObservedAutoScalingGroup> = {}): ObservedAutoScalingGroup {
  return { autoScalingGroupName: 'blue', hooks: [], instances: [], ...changes };
}

export function anInstance(changes: Partial<ObservedInstance> = {}): ObservedInstance {
  return { instanceId: 'i-1', lifecycleState: 'InService', ...changes };
}

/** A deployment group of a template, `web/fleet`. */
export function aGroup(changes: Partial<DeploymentGroup> = {}): DeploymentGroup {
  const stackId = 'arn:aws:cloudformation:us-east-1:111122223333:stack/web/1';
  return { ...WEB_FLEET, stackId, ...changes };
}

const WEB_FLEET: DeploymentGroup = {
  applicationName: 'web',
  deploymentGroupName: 'fleet',
  deploysTerminations: false,
  ignoreApplicationStopFailures: false,
  fileExistsBehavior: 'DISALLOW',
};

/** The same made through the API, on this Auto Scaling group. */
export function apiGroup(autoScalingGroupName: string): DeploymentGroup {
  return {
    ...WEB_FLEET,
    settings: {
      serviceRoleArn: 'arn:aws:iam::111122223333:role/CodeDeploy',
      deploymentConfigName: 'CodeDeployDefault.OneAtATime',
      autoScalingGroups: [autoScalingGroupName],
      terminationHookEnabled: false,
      deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' },
      triggerConfigurations: [],
      outdatedInstancesStrategy: 'UPDATE',
    },
  };
}

interface HookOptions {
  readonly heartbeatTimeoutSeconds?: number;
  readonly deploymentGroups?: readonly DeploymentGroupName[];
}

/** The hook of `web/fleet` as its template declares it. */
export function launchHook(options: HookOptions = {}): ObservedHook {
  return { ...aHook('launch', options), lifecycleHookName: 'slipway-launch', defaultResult: 'ABANDON' };
}

export function terminationHook(options: HookOptions = {}): ObservedHook {
  return { ...aHook('termination', options), lifecycleHookName: 'slipway-termination', defaultResult: 'CONTINUE' };
}

function aHook(direction: HookDirection, { heartbeatTimeoutSeconds = 900, deploymentGroups }: HookOptions) {
  const named = deploymentGroups ?? [{ applicationName: 'web', deploymentGroupName: 'fleet' }];
  return {
    direction,
    heartbeatTimeoutSeconds,
    notificationTargetArn: HOOK_TARGET.lifecycleQueueArn,
    roleArn: HOOK_TARGET.hookRoleArn,
    notificationMetadata: encodeHookMetadata({
      deploymentGroups: named.map(({ applicationName, deploymentGroupName }) => ({
        applicationName,
        deploymentGroupName,
      })),
      heartbeatTimeoutSeconds,
    }),
  };
}
