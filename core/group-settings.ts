import type { AlarmConfiguration, TargetSelection } from './fleet-deployment.ts';
import type { AutoRollbackConfiguration } from './fleet/rollback.ts';
import type { TagFilter, TagSelector } from './fleet/tag-filter.ts';
import type { Trigger } from './notifications/trigger-events.ts';
import type { LoadBalancerInfo } from './traffic/traffic-control.ts';

/** What a deployment group is told through the API; members are spelled as on CodeDeploy's wire. */
export interface GroupSettings {
  /** Stored and shown. The functions work with roles of their own: see docs/api.md. */
  readonly serviceRoleArn: string;
  readonly deploymentConfigName: string;
  readonly ec2TagFilters?: readonly TagFilter[];
  readonly ec2TagSet?: { readonly ec2TagSetList: readonly (readonly TagFilter[])[] };
  readonly onPremisesInstanceTagFilters?: readonly TagFilter[];
  readonly onPremisesTagSet?: { readonly onPremisesTagSetList: readonly (readonly TagFilter[])[] };
  /** Names. */
  readonly autoScalingGroups: readonly string[];
  readonly terminationHookEnabled: boolean;
  readonly deploymentStyle: DeploymentStyle;
  readonly blueGreenDeploymentConfiguration?: BlueGreenDeploymentConfiguration;
  readonly loadBalancerInfo?: GroupLoadBalancerInfo;
  readonly ecsServices?: readonly EcsService[];
  readonly triggerConfigurations: readonly Trigger[];
  readonly alarmConfiguration?: AlarmConfiguration;
  readonly autoRollbackConfiguration?: AutoRollbackConfiguration;
  readonly outdatedInstancesStrategy: 'UPDATE' | 'IGNORE';
}

export interface DeploymentStyle {
  readonly deploymentType: 'IN_PLACE' | 'BLUE_GREEN';
  readonly deploymentOption: 'WITH_TRAFFIC_CONTROL' | 'WITHOUT_TRAFFIC_CONTROL';
}

export interface BlueGreenDeploymentConfiguration {
  readonly deploymentReadyOption: {
    readonly actionOnTimeout: 'CONTINUE_DEPLOYMENT' | 'STOP_DEPLOYMENT';
    readonly waitTimeInMinutes: number;
  };
  readonly terminateBlueInstancesOnDeploymentSuccess: {
    readonly action: 'TERMINATE' | 'KEEP_ALIVE';
    readonly terminationWaitTimeInMinutes: number;
  };
  /** Servers alone. */
  readonly greenFleetProvisioningOption?: { readonly action: 'DISCOVER_EXISTING' | 'COPY_AUTO_SCALING_GROUP' };
}

export interface GroupLoadBalancerInfo extends LoadBalancerInfo {
  /** ECS alone. */
  readonly targetGroupPairInfoList?: readonly TargetGroupPair[];
}

/** Two target groups between which a service’s traffic goes back and forth. */
export interface TargetGroupPair {
  readonly targetGroups: readonly { readonly name: string }[];
  readonly prodTrafficRoute: TrafficRoute;
  readonly testTrafficRoute?: TrafficRoute;
}

export interface TrafficRoute {
  readonly listenerArns: readonly string[];
}

export interface EcsService {
  readonly serviceName: string;
  readonly clusterName: string;
}

/** Where the group's hosts are found. */
export function selectionOf(settings: GroupSettings): TargetSelection {
  const { autoScalingGroups, ec2TagFilters, ec2TagSet, onPremisesInstanceTagFilters, onPremisesTagSet } = settings;
  return {
    autoScalingGroups,
    ec2: selector(ec2TagFilters, ec2TagSet?.ec2TagSetList),
    onPremises: selector(onPremisesInstanceTagFilters, onPremisesTagSet?.onPremisesTagSetList),
  };
}

function selector(filters: TagSelector['filters'], tagSet: TagSelector['tagSet']): TagSelector {
  return { ...(filters && { filters }), ...(tagSet && { tagSet }) };
}
