/** What a deployment is made to. */
export type ComputePlatform = 'Server' | 'Lambda' | 'ECS';

/**
 * How many targets must stay healthy while a deployment runs. `HOST_COUNT` is hosts, `FLEET_PERCENT` 0 to 99 percent of
 * the deployment's targets. `MOST_CONCURRENCY` is how CodeDeploy writes its one-at-a-time: it counts the targets that
 * may be down instead, and nobody may set it.
 */
export interface MinimumHealthyHosts {
  readonly type: 'HOST_COUNT' | 'FLEET_PERCENT' | 'MOST_CONCURRENCY';
  readonly value: number;
}

/** The same for the targets of one Availability Zone. */
export interface MinimumHealthyHostsPerZone extends MinimumHealthyHosts {
  readonly type: 'HOST_COUNT' | 'FLEET_PERCENT';
}

/** Zone after zone instead of the whole fleet at once. */
export interface ZonalConfig {
  /** Wait after the first zone. @default the wait after every other zone */
  readonly firstZoneMonitorDurationInSeconds?: number;
  /** Wait after each zone but the last. @default none */
  readonly monitorDurationInSeconds?: number;
  /** @default `FLEET_PERCENT` 0 */
  readonly minimumHealthyHostsPerZone?: MinimumHealthyHostsPerZone;
}

/** How traffic moves to a new function version or task set; intervals are minutes. */
export type TrafficRoutingConfig =
  | { readonly type: 'AllAtOnce' }
  | {
      readonly type: 'TimeBasedCanary';
      readonly timeBasedCanary: { readonly canaryPercentage: number; readonly canaryInterval: number };
    }
  | {
      readonly type: 'TimeBasedLinear';
      readonly timeBasedLinear: { readonly linearPercentage: number; readonly linearInterval: number };
    };

/** How a deployment to hosts proceeds. */
export interface ServerDeploymentConfig {
  readonly deploymentConfigName: string;
  readonly computePlatform: 'Server';
  readonly minimumHealthyHosts: MinimumHealthyHosts;
  readonly zonalConfig?: ZonalConfig;
}

/** How a deployment to a function or a service proceeds. */
export interface TrafficDeploymentConfig {
  readonly deploymentConfigName: string;
  readonly computePlatform: 'Lambda' | 'ECS';
  readonly trafficRoutingConfig: TrafficRoutingConfig;
}

/** The rules of a deployment, spelled as on CodeDeploy's wire. */
export type DeploymentConfig = ServerDeploymentConfig | TrafficDeploymentConfig;
