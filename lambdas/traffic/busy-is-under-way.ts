import type { Progress, UnderWay } from '../../core/traffic/judge.ts';
import { StandbyIsBusy } from '../standby/give-capacity-back.ts';

/** Who finds others at the sizes of the same Auto Scaling group looks again. */
export async function busyIsUnderWay<Result extends Progress>(
  advance: () => Promise<Result>,
): Promise<Result | UnderWay> {
  try {
    return await advance();
  } catch (error) {
    if (error instanceof StandbyIsBusy) return { kind: 'underWay', waitsFor: error.message, isHeldUp: true };
    throw error;
  }
}
