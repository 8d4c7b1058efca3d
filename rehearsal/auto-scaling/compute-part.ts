import { createEc2, type Ec2Options } from '../ec2/ec2.ts';
import { Timers } from '../ec2/timers.ts';
import { queryService } from '../endpoint/protocols/query.ts';
import type { HostProvider } from '../hosts/host.ts';
import { createLoadBalancing } from '../load-balancing/load-balancing.ts';
import type { Ground, Part } from '../part.ts';
import { autoScalingAccess } from './access.ts';
import type { AutoScalingAccount } from './auto-scaling-account.ts';
import { ActivityLog } from './group/activity-log.ts';
import { Groups } from './group/groups.ts';
import { createNotifier } from './notifications/notifier.ts';
import { operations } from './operations/operations.ts';
import { autoScalingGroupResource } from './resources/auto-scaling-group.ts';
import { lifecycleHookResource } from './resources/lifecycle-hook.ts';
import { scalingPolicyResource } from './resources/scaling-policy.ts';
import { warmPoolResource } from './resources/warm-pool.ts';
import type { Surroundings } from './surroundings.ts';
import { declared } from '../cloudformation/property-table.ts';
import { autoScalingProperties } from './resources/properties.ts';

export interface ComputeOptions extends Ec2Options {
  /** Rehearsed seconds until a group reacts to a change of its capacity. @default 1 */
  readonly reactionSeconds?: number;
}

/**
 * Auto Scaling, EC2 and Elastic Load Balancing: three services to their clients, and one part of the cloud,
 * because AWS's own lean on each other without signing requests.
 */
export function createComputePart(ground: Ground, hosts: HostProvider, options: ComputeOptions = {}): Part {
  const timers = new Timers(ground.clock);
  const ec2 = createEc2(ground, hosts, timers, options);
  const loadBalancing = createLoadBalancing(ground, ec2.machines, timers);
  const notifier = createNotifier(ground);
  const around: Surroundings = {
    ground,
    timers,
    machines: ec2.machines,
    traffic: loadBalancing.traffic,
    notifier,
    reactionMs: (options.reactionSeconds ?? 1) * 1000,
  };
  const activities = new ActivityLog(() => timers.now());
  const account: AutoScalingAccount = { groups: new Groups(activities, around), activities, around };
  const autoScaling = queryService({
    signingNames: ['autoscaling'],
    version: '2011-01-01',
    namespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
    operations: Object.fromEntries(Object.entries(operations).map(([name, make]) => [name, make(account)])),
    access: autoScalingAccess(account.groups, ground),
  });
  return {
    services: [autoScaling, ec2.service, loadBalancing.service],
    resourceTypes: {
      ...ec2.resourceTypes,
      ...loadBalancing.resourceTypes,
      ...declared(
        {
          'AWS::AutoScaling::AutoScalingGroup': autoScalingGroupResource(account),
          'AWS::AutoScaling::LifecycleHook': lifecycleHookResource(account),
          'AWS::AutoScaling::WarmPool': warmPoolResource(account),
          'AWS::AutoScaling::ScalingPolicy': scalingPolicyResource(ground),
        },
        autoScalingProperties,
      ),
    },
    close: async () => {
      timers.close();
      notifier.close();
      await Promise.all([loadBalancing.close(), hosts.close()]);
    },
  };
}
