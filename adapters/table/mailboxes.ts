import type { Leg } from '../../core/mailbox/leg.ts';
import type { TargetRequest } from '../../core/target-request.ts';
import { expiresAt, hostKey } from './keys.ts';
import type { Table } from './table.ts';

/** The mailboxes of hosts, each of which holds one leg or none. They are read with their hosts. */
export interface Mailboxes {
  /**
   * Puts a leg into the mailbox. `refused`: the mailbox holds another deployment's leg, this one or a later one, or
   * the host is leaving and the leg is not its farewell, or is in the warm pool and the leg is for hosts in service.
   */
  place(instanceId: string, leg: Leg, purpose: TargetRequest['type']): Promise<'placed' | 'refused'>;
  /** Writes a leg over the version it was made from. `refused`: there is another by now. */
  change(instanceId: string, before: Leg, after: Leg): Promise<'changed' | 'refused'>;
  /** Takes a deployment's leg out of the mailbox, if it is there, whatever the host is at. */
  withdraw(instanceId: string, deploymentId: string): Promise<void>;
  /** The same unless the host is at an event of it. `refused`: it is, or the mailbox holds nothing of that deployment. */
  withdrawIdle(instanceId: string, deploymentId: string): Promise<'withdrawn' | 'refused'>;
}

/** Mailboxes in the table, on the items of their hosts: what a host is may so be a condition of what it is given. */
export class TableMailboxes implements Mailboxes {
  readonly #table: Table;
  readonly #clock: () => number;

  constructor(table: Table, clock: () => number) {
    this.#table = table;
    this.#clock = clock;
  }

  async place(instanceId: string, leg: Leg, purpose: TargetRequest['type']): Promise<'placed' | 'refused'> {
    const isFree = '(attribute_not_exists(leg) OR (leg.deploymentId = :deployment AND leg.legNumber < :legNumber))';
    const outcome = await this.#table.update(hostKey(instanceId), {
      update: 'SET leg = :leg, expiresAt = :expiresAt',
      condition: [...MUST_BE_ABSENT[purpose].map((name) => `attribute_not_exists(${name})`), isFree].join(' AND '),
      values: {
        ':leg': leg,
        ':deployment': leg.deploymentId,
        ':legNumber': leg.legNumber,
        ':expiresAt': expiresAt(this.#clock()),
      },
    });
    return outcome === 'refused' ? 'refused' : 'placed';
  }

  async change(instanceId: string, before: Leg, after: Leg): Promise<'changed' | 'refused'> {
    const outcome = await this.#table.update(hostKey(instanceId), {
      update: 'SET leg = :leg',
      condition: 'leg.deploymentId = :deployment AND leg.legNumber = :legNumber AND leg.version = :before',
      values: {
        ':leg': after,
        ':deployment': before.deploymentId,
        ':legNumber': before.legNumber,
        ':before': before.version,
      },
    });
    return outcome === 'refused' ? 'refused' : 'changed';
  }

  async withdraw(instanceId: string, deploymentId: string): Promise<void> {
    await this.#table.update(hostKey(instanceId), {
      update: 'REMOVE leg',
      condition: 'leg.deploymentId = :deployment',
      values: { ':deployment': deploymentId },
    });
  }

  async withdrawIdle(instanceId: string, deploymentId: string): Promise<'withdrawn' | 'refused'> {
    const outcome = await this.#table.update(hostKey(instanceId), {
      update: 'REMOVE leg',
      condition: 'leg.deploymentId = :deployment AND attribute_not_exists(leg.handedOut)',
      values: { ':deployment': deploymentId },
    });
    return outcome === 'refused' ? 'refused' : 'withdrawn';
  }
}

/** What keeps a host from work of each kind. */
const MUST_BE_ABSENT: Readonly<Record<TargetRequest['type'], readonly string[]>> = {
  launch: ['leaving'],
  termination: [],
  'in-place': ['leaving', 'isInWarmPool'],
};
