import { z } from 'zod';
import { flag } from '../../ec2/input.ts';
import { operation } from '../operation.ts';
import { memberAnywhere } from '../selection.ts';

const rules = z.object({
  InstanceId: z.string(),
  HealthStatus: z.enum(['Healthy', 'Unhealthy']),
  ShouldRespectGracePeriod: flag.default(true),
});

/** Says how a member is; an unhealthy one is replaced, unless it still has its grace period. @throws AwsError ValidationError */
export const setInstanceHealth = operation(rules, (input, account) => {
  const { managed, member } = memberAnywhere(account, input.InstanceId);
  const spared =
    input.HealthStatus === 'Unhealthy' && input.ShouldRespectGracePeriod && managed.health.graceLeftMs(member) > 0;
  if (!spared) managed.health.declare(member, input.HealthStatus);
});
