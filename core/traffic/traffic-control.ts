/** Where hosts get their traffic from: CodeDeploy's `LoadBalancerInfo`, as far as hosts know it. */
export interface LoadBalancerInfo {
  /** Classic load balancers. */
  readonly elbInfoList?: readonly { readonly name: string }[];
  readonly targetGroupInfoList?: readonly { readonly name: string }[];
}

/** Whether hosts are taken out of their traffic while they are deployed to: `deploymentStyle` has it under this name. */
export type DeploymentOption = 'WITH_TRAFFIC_CONTROL' | 'WITHOUT_TRAFFIC_CONTROL';

/** What a deployment group, or a single deployment, says about traffic. */
export interface TrafficSettings {
  /** @default WITHOUT_TRAFFIC_CONTROL */
  readonly deploymentOption?: DeploymentOption;
  readonly loadBalancerInfo?: LoadBalancerInfo;
}

/** What the traffic steps of a target work with: settled when it is opened, and the same to its end. */
export interface TrafficControl {
  readonly targetGroupNames: readonly string[];
}

/** How traffic is moved, or why the settings cannot be followed and what to change. */
type TrafficDecision =
  | { readonly kind: 'control'; readonly trafficControl: TrafficControl }
  | { readonly kind: 'leave' }
  | { readonly kind: 'impossible'; readonly reason: string };

/** Decides what becomes of a host's traffic. */
export function decideTraffic(settings: TrafficSettings): TrafficDecision {
  if (settings.deploymentOption !== 'WITH_TRAFFIC_CONTROL') return { kind: 'leave' };
  const { elbInfoList = [], targetGroupInfoList = [] } = settings.loadBalancerInfo ?? {};
  if (elbInfoList.length > 0) {
    const names = elbInfoList.map(({ name }) => name).join(', ');
    return impossible(
      `Traffic of Classic load balancers (${names}) cannot be controlled, that is not built: ` +
        'name target groups in targetGroupInfoList instead, or deploy WITHOUT_TRAFFIC_CONTROL',
    );
  }
  if (targetGroupInfoList.length === 0) {
    return impossible(
      'The deployment group controls traffic but names no target group: name one, or deploy WITHOUT_TRAFFIC_CONTROL',
    );
  }
  const targetGroupNames = targetGroupInfoList.map(({ name }) => name);
  return { kind: 'control', trafficControl: { targetGroupNames } };
}

function impossible(reason: string): TrafficDecision {
  return { kind: 'impossible', reason };
}
