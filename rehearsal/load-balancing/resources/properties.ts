import type { PropertyTable } from '../../cloudformation/property-table.ts';

/** What becomes of the properties of the resource types of Elastic Load Balancing. */
export const loadBalancingProperties = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    honoured: ['LoadBalancerAttributes', 'Name', 'Scheme', 'SecurityGroups', 'Subnets', 'Tags', 'Type'],
    withoutEffect: { 'all addresses are of IPv4': ['IpAddressType'] },
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    honoured: ['DefaultActions', 'LoadBalancerArn', 'Port', 'Protocol'],
  },
  'AWS::ElasticLoadBalancingV2::ListenerRule': {
    honoured: ['Actions', 'Conditions', 'ListenerArn', 'Priority'],
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    honoured: [
      'HealthCheckEnabled',
      'HealthCheckIntervalSeconds',
      'HealthCheckPath',
      'HealthCheckPort',
      'HealthCheckProtocol',
      'HealthCheckTimeoutSeconds',
      'HealthyThresholdCount',
      'Matcher',
      'Name',
      'Port',
      'Protocol',
      'Tags',
      'TargetGroupAttributes',
      'TargetType',
      'Targets',
      'UnhealthyThresholdCount',
      'VpcId',
    ],
    withoutEffect: { 'told by Describe calls; targets are spoken to in HTTP/1.1': ['ProtocolVersion'] },
  },
} satisfies Record<string, PropertyTable>;
