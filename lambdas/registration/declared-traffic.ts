import type { TrafficSettings } from '../../core/traffic/traffic-control.ts';
import { InvalidDeclaration, members, type ResourceProperties } from './properties.ts';

/**
 * What a template says about the traffic of a group's hosts, as CodeDeploy would say it.
 * @throws InvalidDeclaration
 */
export function declaredTraffic(properties: ResourceProperties): TrafficSettings {
  if (properties['TrafficControl'] === undefined) return {};
  const control = members(properties['TrafficControl'], 'TrafficControl');
  const names = control['TargetGroupNames'] ?? [];
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw new InvalidDeclaration('TrafficControl.TargetGroupNames must be a list of names');
  }
  return {
    deploymentOption: 'WITH_TRAFFIC_CONTROL',
    loadBalancerInfo: { targetGroupInfoList: names.map((name) => ({ name })) },
  };
}
