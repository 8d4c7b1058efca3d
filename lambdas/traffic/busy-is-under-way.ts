import type { Progress } from '../../core/traffic/judge.ts';
import { StandbyIsBusy } from '../standby/give-capacity-back.ts';

/** Who finds others at the sizes of the same Auto Scaling group looks again. */
export async function busyIsUnderWay<Result extends Progress, Rest extends object>(
  advance: () => Promise<Result>,
  rest: Rest,
): Promise<Result | ({ readonly kind: 'underWay'; readonly waitsFor: string } & Rest)> {
  try {
    return await advance();
  } catch (error) {
    if (error instanceof StandbyIsBusy) return { kind: 'underWay', waitsFor: error.message, ...rest };
    throw error;
  }
}
