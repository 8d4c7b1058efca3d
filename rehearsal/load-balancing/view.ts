import type { Action } from './routing/action.ts';
import { actionView } from './routing/action.ts';
import type { Listener, Rule } from './routing/listener.ts';
import type { LoadBalancer } from './load-balancer.ts';
import type { TargetGroup } from './targets/target-group.ts';

/** Where a load balancer answers: usable as `http://<DNSName>`, the port of its first listener included. */
export const dnsName = ({ firstServer }: LoadBalancer): string => firstServer.address;

export const loadBalancerView = (loadBalancer: LoadBalancer) => ({
  LoadBalancerArn: loadBalancer.arn,
  DNSName: dnsName(loadBalancer),
  CanonicalHostedZoneId: 'Z35SXDOTRQ7X7K',
  CreatedTime: new Date(loadBalancer.createdAtMs),
  LoadBalancerName: loadBalancer.name,
  Scheme: loadBalancer.scheme,
  State: { Code: 'active' },
  Type: 'application',
  AvailabilityZones: loadBalancer.subnetIds.map((SubnetId) => ({ SubnetId })),
  SecurityGroups: loadBalancer.securityGroupIds,
  IpAddressType: 'ipv4',
});

export const targetGroupView = ({ arn, name, settings }: TargetGroup, LoadBalancerArns: readonly string[]) => ({
  TargetGroupArn: arn,
  TargetGroupName: name,
  Protocol: settings.Protocol,
  ProtocolVersion: settings.ProtocolVersion,
  Port: settings.Port,
  VpcId: settings.VpcId,
  HealthCheckProtocol: settings.HealthCheckProtocol,
  HealthCheckPort: settings.HealthCheckPort,
  HealthCheckEnabled: settings.HealthCheckEnabled,
  HealthCheckIntervalSeconds: settings.HealthCheckIntervalSeconds,
  HealthCheckTimeoutSeconds: settings.HealthCheckTimeoutSeconds,
  HealthyThresholdCount: settings.HealthyThresholdCount,
  UnhealthyThresholdCount: settings.UnhealthyThresholdCount,
  HealthCheckPath: settings.HealthCheckPath,
  Matcher: { HttpCode: settings.Matcher?.HttpCode ?? '200' },
  TargetType: settings.TargetType,
  LoadBalancerArns,
});

/** `Port` is the declared one; where the listener answers here is its attribute `rehearsal.address`. */
export const listenerView = ({ arn, loadBalancer, port, defaultActions }: Listener) => ({
  ListenerArn: arn,
  LoadBalancerArn: loadBalancer.arn,
  Port: port,
  Protocol: 'HTTP',
  DefaultActions: defaultActions.map(actionView),
});

export const ruleView = ({ arn, priority, conditions, actions }: Rule) => ({
  RuleArn: arn,
  Priority: String(priority),
  Conditions: conditions,
  Actions: actions.map(actionView),
  IsDefault: false,
});

/** Every listener ends with a rule that it does not list among its own. */
export const defaultRuleView = (listenerArn: string, actions: readonly Action[]) => ({
  RuleArn: `${listenerArn.replace(':listener/', ':listener-rule/')}/default`,
  Priority: 'default',
  Conditions: [],
  Actions: actions.map(actionView),
  IsDefault: true,
});
