import { validationError } from '../faults.ts';

/** How many instances a group may and should have. */
export interface Sizes {
  readonly min: number;
  readonly max: number;
  readonly desired: number;
}

type SizeChange = { readonly [size in keyof Sizes]?: number | undefined };

/**
 * Sizes after a change. Where no desired capacity is given, the nearest one within the new bounds is meant.
 * @throws AwsError ValidationError for bounds that cross, and for a desired capacity outside of them
 */
export function resize(current: Sizes, change: SizeChange): Sizes {
  const min = change.min ?? current.min;
  const max = change.max ?? current.max;
  if (min > max) throw validationError(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`);
  const desired = change.desired ?? Math.min(max, Math.max(min, current.desired));
  if (desired < min || desired > max) {
    throw validationError(
      `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
    );
  }
  return { min, max, desired };
}

/** @throws AwsError ValidationError for a capacity outside of the bounds */
export function setDesired(current: Sizes, desired: number): Sizes {
  const { min, max } = current;
  const complaint = (bound: string): string =>
    `New SetDesiredCapacity value ${desired} is ${bound} for the AutoScalingGroup.`;
  if (desired > max) throw validationError(complaint(`above max value ${max}`));
  if (desired < min) throw validationError(complaint(`below min value ${min}`));
  return { ...current, desired };
}

/** How AWS words that instances cannot enter standby or be attached with these sizes. */
export function sizesForbid(
  groupName: string,
  { min, max, desired }: Sizes,
  what: 'place into standby' | 'attach' | 'detach' | 'move out of standby',
  count: number,
): Error {
  return validationError(
    `AutoScalingGroup ${groupName} has min-size=${min}, max-size=${max}, and desired-size=${desired}. ` +
      `To ${what} ${count} ${count === 1 ? 'instance' : 'instances'}, please update the AutoScalingGroup sizes appropriately.`,
  );
}
