import { cutShort } from '../../../core/mailbox/cut-short.ts';
import { isSilent } from '../../../core/mailbox/silence.ts';
import type { TargetId } from '../../../core/target-request.ts';
import type { Engine } from '../../engine.ts';

/**
 * Takes a deployment's leg out of the mailbox. A lifecycle event that the host is at may end first: until its report,
 * or until the host is silent, the leg stays and lets no other deployment begin, so that no two ever work on a host at
 * the same time. Whoever takes the report then removes it: see `answerLeg`.
 */
export async function emptyMailbox(
  { deploymentId, instanceId }: TargetId,
  { hosts, mailboxes, clock }: Pick<Engine, 'hosts' | 'mailboxes' | 'clock'>,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if ((await mailboxes.withdrawIdle(instanceId, deploymentId)) === 'withdrawn') return;
    const leg = (await hosts.byId(instanceId))?.leg;
    if (leg?.deploymentId !== deploymentId) return;
    if (isSilent(leg, clock())) return mailboxes.withdraw(instanceId, deploymentId);
    const after = cutShort(leg);
    if (after === 'unchanged') return;
    if (after !== 'idle' && (await mailboxes.change(instanceId, leg, after)) === 'changed') return;
  }
  throw new Error(`The work of ${deploymentId} on ${instanceId} goes on too fast to be withdrawn; try again`);
}

/** A host moves on between reading and writing a few times at most. */
const TRIES = 5;
