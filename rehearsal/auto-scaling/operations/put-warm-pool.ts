import { z } from 'zod';
import { flag, wholeNumber } from '../../ec2/input.ts';
import { groupName } from '../group/group-input.ts';
import { notPlayed, validationError } from '../faults.ts';
import { POOL_STATES } from '../lifecycle/lifecycle-state.ts';
import { operation } from '../operation.ts';

const rules = z.object({
  AutoScalingGroupName: groupName,
  /** -1 takes back what was set before. */
  MaxGroupPreparedCapacity: wholeNumber.min(-1).optional(),
  MinSize: wholeNumber.min(0).optional(),
  PoolState: z.enum(POOL_STATES).optional(),
  InstanceReusePolicy: z.object({ ReuseOnScaleIn: flag.default(false) }).optional(),
});

const NEW = { minSize: 0, poolState: 'Stopped', reuseOnScaleIn: false } as const;

/** Gives a group a warm pool, or changes what is given of the one it has. @throws AwsError ValidationError */
export const putWarmPool = operation(rules, (input, { groups }) => {
  const managed = groups.get(input.AutoScalingGroupName);
  const { warmPool: before } = managed.group;
  if (before?.deleting) throw validationError('The warm pool is being deleted.');
  if (input.PoolState === 'Hibernated') throw notPlayed('hibernated machines; use Stopped or Running');
  const kept = { ...NEW, ...before };
  const max = input.MaxGroupPreparedCapacity ?? before?.maxGroupPreparedCapacity ?? -1;
  managed.keepWarm({
    minSize: input.MinSize ?? kept.minSize,
    poolState: input.PoolState ?? kept.poolState,
    reuseOnScaleIn: input.InstanceReusePolicy?.ReuseOnScaleIn ?? kept.reuseOnScaleIn,
    ...(max >= 0 && { maxGroupPreparedCapacity: max }),
    deleting: false,
  });
  return {};
});
