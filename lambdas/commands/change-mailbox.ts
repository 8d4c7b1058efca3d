import type { Hosts } from '../../adapters/table/hosts.ts';
import type { Leg } from '../../core/mailbox/leg.ts';

const MOST_ATTEMPTS = 3;

/**
 * Changes the leg in a host's mailbox as `change` decides. Whoever changed it in between makes the decision void: it
 * is taken again on what is there then.
 * @returns the leg as it is afterwards
 */
export async function changeMailbox(
  hosts: Hosts,
  instanceId: string,
  change: (leg: Leg | undefined) => Leg | 'unchanged',
): Promise<Leg | undefined> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const before = (await hosts.byId(instanceId))?.leg;
    const after = change(before);
    if (before === undefined || after === 'unchanged') return before;
    if ((await hosts.changeLeg(instanceId, before, after)) === 'changed') return after;
  }
  throw new Error(`The mailbox of ${instanceId} changed ${MOST_ATTEMPTS} times while a call was answered`);
}
