import { targetIdOf, type TargetRequest } from '../../../core/target-request.ts';
import type { Engine } from '../../engine.ts';

/**
 * Releases the lane that watches the host of a target. The lane leaves its token only on a target in progress, and this
 * one has settled: either the token is there by now, or the lane finds out by itself.
 */
export async function releaseWatch(
  request: TargetRequest,
  { targets, taskTokens }: Pick<Engine, 'targets' | 'taskTokens'>,
): Promise<void> {
  const target = await targets.byId(targetIdOf(request));
  if (target?.heartbeatToken !== undefined) await taskTokens.answer(target.heartbeatToken, {});
}
