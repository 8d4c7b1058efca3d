import { AutoScalingRefused } from '../../adapters/auto-scaling/standby-groups.ts';
import { LoadBalancerRefused } from '../../adapters/load-balancing/target-groups.ts';
import type { Progress } from '../../core/traffic/judge.ts';

/** A load balancer, or Auto Scaling, that refuses for good makes the lifecycle event fail, with its own words. */
export async function unlessRefused(advance: () => Promise<Progress>): Promise<Progress> {
  try {
    return await advance();
  } catch (error) {
    if (error instanceof LoadBalancerRefused || error instanceof AutoScalingRefused)
      return { kind: 'failed', reason: error.message };
    throw error;
  }
}
