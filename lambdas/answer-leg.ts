import type { Leg } from '../core/mailbox/leg.ts';
import type { Engine } from './engine.ts';

/** How a leg ended, as the deploy lane reads it. */
export interface LegAnswer {
  readonly status: 'Succeeded' | 'Failed' | 'Stopped';
}

/**
 * Wakes the deploy lane at the end of a leg. It may be called for the same leg again and again: a function that
 * crashed before it could answer is made good by the host's next call, and a lane that has its answer is not disturbed.
 *
 * The token is read after the end of the leg was written, and the lane writes its token before it looks whether the
 * leg has ended: whatever the order, one of the two finds the other's news. The token of the next leg is there before
 * that leg is in the mailbox; news of the leg before must not answer it.
 */
export async function answerLeg(
  { targets, mailboxes, taskTokens }: Pick<Engine, 'targets' | 'mailboxes' | 'taskTokens'>,
  instanceId: string,
  { deploymentId, legNumber }: Pick<Leg, 'deploymentId' | 'legNumber'>,
  answer: LegAnswer,
): Promise<void> {
  const target = await targets.byId({ deploymentId, instanceId });
  if (target?.taskToken !== undefined && target.legNumber === legNumber)
    await taskTokens.answer(target.taskToken, answer);
  // It was cut short, and has had its verdict while the host was still at its last event: nobody else would remove it.
  if (target?.settlement) await mailboxes.withdraw(instanceId, deploymentId);
}
