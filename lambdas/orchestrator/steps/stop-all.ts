import { skippedBefore } from '../../../core/shared-action.ts';
import type { Stop } from '../../../core/target.ts';
import { deploymentsOf, targetIdOf, type TargetRequest } from '../../../core/target-request.ts';
import type { Engine } from '../../engine.ts';
import { recordUnopened } from './record-unopened.ts';
import { stopTheWork } from './stop-the-work.ts';

/**
 * Cuts the work of a whole request short. Deployments whose turn has not come get their record now, which holds back
 * whoever is about to open one: between two deployments there is none to stop.
 */
export async function stopAll(request: TargetRequest, stop: Stop, engine: Engine): Promise<void> {
  const [first, ...others] = deploymentsOf(request);
  await stopTheWork(targetIdOf(first), stop, engine);
  for (const deployment of others) {
    const record = await recordUnopened(deployment, skippedBefore(deployment, stop), engine);
    if (record === 'exists') await stopTheWork(targetIdOf(deployment), stop, engine);
    else await engine.notifications.ofTarget(record);
  }
}
