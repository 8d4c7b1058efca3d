import { z } from 'zod';
import { flag } from '../../ec2/input.ts';
import { blockedByActivity, validationError } from '../faults.ts';
import { activityView } from '../group/activity-view.ts';
import { causes } from '../group/causes.ts';
import { countsTowardDesired, isInWarmPool, isTerminating } from '../lifecycle/lifecycle-state.ts';
import { operation } from '../operation.ts';
import { memberAnywhere } from '../selection.ts';

const rules = z.object({ InstanceId: z.string(), ShouldDecrementDesiredCapacity: flag });

/**
 * Terminates a member, whatever protects it; its hooks run. Without the decrement a replacement launches.
 * @throws AwsError ValidationError for a foreign instance or a violated minimum, ScalingActivityInProgress if it leaves already
 */
export const terminateInstanceInAutoScalingGroup = operation(rules, (input, account) => {
  const { InstanceId: instanceId } = input;
  const { managed, member } = memberAnywhere(account, instanceId);
  if (isInWarmPool(member.lifecycleState)) throw inWarmPool(instanceId);
  const { sizes } = managed.group;
  const running = managed.activities.currentOf(instanceId);
  const leaving =
    isTerminating(member.lifecycleState) || ['EnteringStandby', 'Detaching'].includes(member.lifecycleState);
  if (leaving && running) throw blockedByActivity(running.activityId);

  const shrinks = input.ShouldDecrementDesiredCapacity && countsTowardDesired(member.lifecycleState);
  if (shrinks && sizes.desired <= sizes.min) throw violatesMinimum(sizes.min);
  const desired = shrinks ? sizes.desired - 1 : sizes.desired;
  managed.resize({ ...sizes, desired });
  const now = account.around.timers.now();
  const cause = causes.terminatedByUser(now, instanceId, shrinks ? { from: sizes.desired, to: desired } : undefined);
  managed.members.apply(instanceId, { type: 'Leave' }, cause);
  const activity = managed.activities.currentOf(instanceId);
  return { Activity: activity && activityView(activity) };
});

/** AWS documents that it is refused, not in what words. */
const inWarmPool = (instanceId: string): Error =>
  validationError(`The instance ${instanceId} is in a warm pool: this operation is not for instances in warm pools.`);

const violatesMinimum = (min: number): Error =>
  validationError(
    `Currently, desiredSize equals minSize (${min}). Terminating instance without replacement will violate group's min ` +
      "size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.",
  );
