import type { MachinePort } from '../../rehearsal/ec2/machine-port.ts';
import type { Timers } from '../../rehearsal/ec2/timers.ts';
import type { AwsRequest } from '../../rehearsal/endpoint/service.ts';
import { LoadBalancers } from '../../rehearsal/load-balancing/load-balancers.ts';
import { operations } from '../../rehearsal/load-balancing/operations/operations.ts';
import { Listeners } from '../../rehearsal/load-balancing/routing/listeners.ts';
import { createTrafficPort } from '../../rehearsal/load-balancing/targets/auto-scaling-traffic.ts';
import { TargetGroups } from '../../rehearsal/load-balancing/targets/target-groups.ts';
import type { CheckResult } from '../../rehearsal/load-balancing/targets/target-health.ts';
import type { TrafficPort } from '../../rehearsal/load-balancing/traffic-port.ts';
import type { Ground } from '../../rehearsal/part.ts';
import type { InProcess } from '../engine/clients.ts';

/** The rehearsal's Elastic Load Balancing behind its operations, without a listener: nobody sends requests. */
export interface LoadBalancing {
  readonly operations: InProcess;
  readonly targetGroups: TargetGroups;
  /** As Auto Scaling uses it. */
  readonly traffic: TrafficPort;
}

interface Around {
  readonly ground: Ground;
  readonly machines: MachinePort;
  readonly timers: Timers;
  /** Whether what runs at an address answers its health checks. */
  isWell(address: string): boolean;
}

export function loadBalancingOf({ ground, machines, timers, isWell }: Around): LoadBalancing {
  const check = (address?: string): Promise<CheckResult> =>
    Promise.resolve(address !== undefined && isWell(address) ? { passed: true } : UNWELL);
  const targetGroups = new TargetGroups({ scope: ground, timers, machines, check });
  const listeners = new Listeners(ground, targetGroups);
  const loadBalancers = new LoadBalancers(ground, listeners, () => timers.now());
  const account = { loadBalancers, listeners, targetGroups };
  const unsigned = {} as AwsRequest; // no operation looks at who asks
  return {
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, make]) => [name, (input) => make(account)(input, unsigned)]),
    ),
    targetGroups,
    traffic: createTrafficPort(targetGroups),
  };
}

const UNWELL: CheckResult = { passed: false, reason: 'Target.Timeout', description: 'Request timed out' };
