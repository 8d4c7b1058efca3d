import { isShared, targetIdOf, type TargetRequest } from '../../../core/target-request.ts';
import type { Engine } from '../../engine.ts';

/**
 * Releases the lane that watches the host of a target. The lane leaves its token only on a target in progress, and this
 * one has settled: either the token is there by now, or the lane finds out by itself. Where several deployments share an
 * action, the lane outlives each of them, and waits at the record of the action.
 */
export async function releaseWatch(
  request: TargetRequest,
  ports: Pick<Engine, 'targets' | 'sharedActions' | 'taskTokens'>,
): Promise<void> {
  const token = isShared(request)
    ? await ports.sharedActions.close(request)
    : (await ports.targets.byId(targetIdOf(request)))?.heartbeatToken;
  if (token !== undefined) await ports.taskTokens.answer(token, {});
}
