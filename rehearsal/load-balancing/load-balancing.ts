import type { ResourceTypes } from '../cloudformation/resource-type.ts';
import type { MachinePort } from '../ec2/machine-port.ts';
import type { Timers } from '../ec2/timers.ts';
import { queryService } from '../endpoint/protocols/query.ts';
import type { Service } from '../endpoint/service.ts';
import type { Ground } from '../part.ts';
import { LoadBalancers } from './load-balancers.ts';
import type { LoadBalancingAccount } from './operation.ts';
import { operations } from './operations/operations.ts';
import { listenerResource } from './resources/listener.ts';
import { listenerRuleResource } from './resources/listener-rule.ts';
import { loadBalancerResource } from './resources/load-balancer.ts';
import { targetGroupResource } from './resources/target-group.ts';
import { createTrafficPort } from './targets/auto-scaling-traffic.ts';
import { Listeners } from './routing/listeners.ts';
import { TargetGroups } from './targets/target-groups.ts';
import type { TrafficPort } from './traffic-port.ts';
import { declared } from '../cloudformation/property-table.ts';
import { loadBalancingProperties } from './resources/properties.ts';

interface LoadBalancing {
  readonly service: Service;
  readonly resourceTypes: ResourceTypes;
  readonly traffic: TrafficPort;
  close(): Promise<void>;
}

/** Elastic Load Balancing: Application Load Balancers that listen on loopback and really forward. */
export function createLoadBalancing(ground: Ground, machines: MachinePort, timers: Timers): LoadBalancing {
  const targetGroups = new TargetGroups({ scope: ground, timers, machines });
  const listeners = new Listeners(ground, targetGroups);
  const loadBalancers = new LoadBalancers(ground, listeners, () => timers.now());
  const account: LoadBalancingAccount = { loadBalancers, listeners, targetGroups };
  return {
    service: queryService({
      signingNames: ['elasticloadbalancing'],
      version: '2015-12-01',
      namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
      operations: Object.fromEntries(Object.entries(operations).map(([name, make]) => [name, make(account)])),
    }),
    resourceTypes: declared(
      {
        'AWS::ElasticLoadBalancingV2::LoadBalancer': loadBalancerResource(loadBalancers),
        'AWS::ElasticLoadBalancingV2::Listener': listenerResource(loadBalancers, listeners),
        'AWS::ElasticLoadBalancingV2::ListenerRule': listenerRuleResource(listeners),
        'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroupResource(targetGroups),
      },
      loadBalancingProperties,
    ),
    traffic: createTrafficPort(targetGroups),
    close: async () => {
      await listeners.close();
      await loadBalancers.close();
    },
  };
}
