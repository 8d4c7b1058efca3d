import type { Leg } from '../../core/mailbox/leg.ts';
import type { Ports } from './call.ts';
import { type Caller, requireRole } from './caller.ts';

const MOST_ATTEMPTS = 3;

/**
 * Changes the leg in the mailbox of the host that calls, as `change` decides. Whoever changed it in between makes the
 * decision void: it is taken again on what is there then.
 * @returns the leg as it is afterwards
 * @throws AccessDenied when the leg is for hosts of another role
 */
export async function changeMailbox(
  { hosts, mailboxes }: Pick<Ports, 'hosts' | 'mailboxes'>,
  caller: Caller,
  change: (leg: Leg | undefined) => Leg | 'unchanged',
): Promise<Leg | undefined> {
  const instanceId = caller.sessionName;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const before = (await hosts.byId(instanceId))?.leg;
    if (before) requireRole(caller, before);
    const after = change(before);
    if (before === undefined || after === 'unchanged') return before;
    if ((await mailboxes.change(instanceId, before, after)) === 'changed') return after;
  }
  throw new Error(`The mailbox of ${instanceId} changed ${MOST_ATTEMPTS} times while a call was answered`);
}
