import type { Course } from '../course.ts';
import { aMember } from './instances.ts';

/**
 * Sets the size of the group, as a person or a policy does. Hosts that stand by are not counted in the desired capacity,
 * and raise it when they come back: whoever sets it meanwhile means the others.
 */
export async function resize(course: Course, wanted: number): Promise<string | undefined> {
  const { minSize, maxSize } = course.setting;
  const desired = Math.max(minSize, Math.min(maxSize, wanted));
  const lent = course.desired - course.group.sizes.desired;
  const { min } = course.group.sizes;
  if (desired === course.desired || desired - lent < min) return undefined;
  course.desired = desired;
  course.leastDesired = desired - lent;
  await course.call('SetDesiredCapacity', { DesiredCapacity: desired - lent });
  return lent === 0 ? `${desired} wanted` : `${desired} wanted, ${lent} of them away`;
}

/** A zone is out of balance: another instance launches, and then one leaves in its stead. */
export async function rebalance(course: Course): Promise<string | undefined> {
  const launched = await resize(course, course.desired + 1);
  if (launched === undefined) return undefined;
  course.later(course.lots.between(60_000, 300_000), async () => {
    if (!(await takeOneOut(course))) await resize(course, course.desired - 1);
  });
  return launched;
}

async function takeOneOut(course: Course): Promise<boolean> {
  const InstanceId = aMember(course, 'InService');
  const before = course.group.sizes.desired;
  if (InstanceId === undefined) return false;
  const input = { InstanceId, ShouldDecrementDesiredCapacity: true };
  await course.call('TerminateInstanceInAutoScalingGroup', input).catch(() => undefined); // it may be leaving already
  const taken = before - course.group.sizes.desired;
  course.desired -= taken;
  course.leastDesired -= taken;
  if (taken > 0) course.world.log.tell(`== zone rebalanced: ${InstanceId} leaves`);
  return taken > 0;
}
