import { deploymentGroupIdFor } from '../../core/identifiers.ts';
import type { Leg } from '../../core/mailbox/leg.ts';
import type { DeploymentGroupName } from '../../core/names.ts';
import type { Revision } from '../../core/revision.ts';
import type { Registration } from '../../core/traffic/registration.ts';
import { expiresAt, hostKey } from './keys.ts';
import type { Item, Table } from './table.ts';

/** What is remembered of a host. */
export interface Host {
  readonly instanceId: string;
  /** The mailbox: work that the host should do now. */
  readonly leg?: Leg;
  /** The deployment of the termination after which the instance is gone; no launch may touch it any more. */
  readonly leaving?: string;
  /** Whether it waits in the warm pool of its Auto Scaling group, or is on its way there. */
  readonly isInWarmPool: boolean;
  /** Whether a secret was issued to the host, for an agent that cannot sign. */
  readonly hasSecret: boolean;
  /** Whether any deployment to the host ever succeeded. */
  readonly hasInstallation: boolean;
  /** What the last successful deployment of a group left on the host. */
  installed(group: DeploymentGroupName): Revision | undefined;
  /** How the last deployment of a group to the host ended. */
  lastOutcome(group: DeploymentGroupName): 'Succeeded' | 'Failed' | undefined;
  /** What was taken from the host by a deployment that has not given it back. */
  readonly registrations?: readonly Registration[];
  /** When the table forgets the host, in seconds since the epoch. */
  readonly expiresAt: number;
}

/** What a deployment left on a host. */
export interface Installation {
  readonly group: DeploymentGroupName;
  readonly revision: Revision;
  /** When it succeeded, ISO 8601. */
  readonly at: string;
}

/** What is remembered of hosts; who writes to their mailboxes is in `mailboxes.ts`. */
export interface Hosts {
  /** @param options an idle host's poll may see the mailbox of a moment ago: conditions guard what follows */
  byId(instanceId: string, options?: { mayBeStale?: boolean }): Promise<Host | undefined>;
  /** @param instanceIds at most 100, each once @returns in their order */
  byIds(instanceIds: readonly string[]): Promise<readonly (Host | undefined)[]>;
  /** Marks the host as leaving for good. The first termination stays. */
  leave(instanceId: string, deploymentId: string): Promise<Host>;
  /** Notes that the host enters the warm pool, or leaves it for service, unless something later is noted. */
  noteWarmPool(instanceId: string, note: { isInWarmPool: boolean; at: string }): Promise<void>;
  /** Remembers what a deployment left on the host. `refused`: a later one has left something since. */
  remember(instanceId: string, installation: Installation): Promise<'remembered' | 'refused'>;
  /** Remembers that a deployment to the host failed, unless a later failure is remembered. */
  noteFailure(instanceId: string, failure: Omit<Installation, 'revision'>): Promise<void>;
  /** Notes that the host has a secret, which is good as long as this is remembered. `refused`: the host is leaving. */
  noteSecret(instanceId: string): Promise<'noted' | 'refused'>;
  /** Remembers what is taken from the host, beyond the deployment that takes it. */
  keepRegistrations(instanceId: string, registrations: readonly Registration[]): Promise<void>;
  /** Forgets it: the host has it back. */
  forgetRegistrations(instanceId: string): Promise<void>;
  /** Puts off the day the table forgets the host. */
  keep(instanceId: string): Promise<void>;
}

/** Hosts in the table, one item each, in which their mailboxes are as well. */
export class TableHosts implements Hosts {
  readonly #table: Table;
  readonly #clock: () => number;

  constructor(table: Table, clock: () => number) {
    this.#table = table;
    this.#clock = clock;
  }

  async byId(instanceId: string, options: { mayBeStale?: boolean } = {}): Promise<Host | undefined> {
    const item = await this.#table.get(hostKey(instanceId), options);
    return item && hostIn(instanceId, item);
  }

  async byIds(instanceIds: readonly string[]): Promise<readonly (Host | undefined)[]> {
    const items = await this.#table.getAll(instanceIds.map((instanceId) => hostKey(instanceId)));
    return items.map((item, place) => item && hostIn(instanceIds[place] ?? '', item));
  }

  async leave(instanceId: string, deploymentId: string): Promise<Host> {
    const item = await this.#table.update(hostKey(instanceId), {
      update: 'SET leaving = if_not_exists(leaving, :deployment), expiresAt = :expiresAt',
      values: { ':deployment': deploymentId, ':expiresAt': expiresAt(this.#clock()) },
    });
    return hostIn(instanceId, item === 'refused' ? {} : item);
  }

  async noteWarmPool(instanceId: string, { isInWarmPool, at }: { isInWarmPool: boolean; at: string }): Promise<void> {
    const note = isInWarmPool ? 'SET isInWarmPool = :true,' : 'REMOVE isInWarmPool SET';
    await this.#table.update(hostKey(instanceId), {
      update: `${note} warmPoolNotedAt = :at, expiresAt = :expiresAt`,
      condition: 'attribute_not_exists(warmPoolNotedAt) OR warmPoolNotedAt <= :at',
      values: { ...(isInWarmPool && { ':true': true }), ':at': at, ':expiresAt': expiresAt(this.#clock()) },
    });
  }

  async remember(instanceId: string, { group, revision, at }: Installation): Promise<'remembered' | 'refused'> {
    const outcome = await this.#table.update(hostKey(instanceId), {
      update: 'SET #installed = :revision, #installedAt = :at, expiresAt = :expiresAt',
      condition: 'attribute_not_exists(#installedAt) OR #installedAt <= :at',
      names: { '#installed': installedAttribute(group), '#installedAt': installedAtAttribute(group) },
      values: { ':revision': revision, ':at': at, ':expiresAt': expiresAt(this.#clock()) },
    });
    return outcome === 'refused' ? 'refused' : 'remembered';
  }

  async noteFailure(instanceId: string, { group, at }: Omit<Installation, 'revision'>): Promise<void> {
    await this.#table.update(hostKey(instanceId), {
      update: 'SET #failedAt = :at, expiresAt = :expiresAt',
      condition: 'attribute_not_exists(#failedAt) OR #failedAt < :at',
      names: { '#failedAt': failedAtAttribute(group) },
      values: { ':at': at, ':expiresAt': expiresAt(this.#clock()) },
    });
  }

  async noteSecret(instanceId: string): Promise<'noted' | 'refused'> {
    const outcome = await this.#table.update(hostKey(instanceId), {
      update: 'SET hasSecret = :true, expiresAt = :expiresAt',
      condition: 'attribute_not_exists(leaving)',
      values: { ':true': true, ':expiresAt': expiresAt(this.#clock()) },
    });
    return outcome === 'refused' ? 'refused' : 'noted';
  }

  async keepRegistrations(instanceId: string, registrations: readonly Registration[]): Promise<void> {
    await this.#table.update(hostKey(instanceId), {
      update: 'SET registrations = :registrations, expiresAt = :expiresAt',
      values: { ':registrations': registrations, ':expiresAt': expiresAt(this.#clock()) },
    });
  }

  async forgetRegistrations(instanceId: string): Promise<void> {
    await this.#table.update(hostKey(instanceId), {
      update: 'REMOVE registrations',
      condition: 'attribute_exists(registrations)',
    });
  }

  async keep(instanceId: string): Promise<void> {
    await this.#table.update(hostKey(instanceId), {
      update: 'SET expiresAt = :expiresAt',
      condition: 'attribute_exists(pk)',
      values: { ':expiresAt': expiresAt(this.#clock()) },
    });
  }
}

const INSTALLED = 'installed#';

function installedAttribute(group: DeploymentGroupName): string {
  return `${INSTALLED}${deploymentGroupIdFor(group)}`;
}

function installedAtAttribute(group: DeploymentGroupName): string {
  return `installedAt#${deploymentGroupIdFor(group)}`;
}

function failedAtAttribute(group: DeploymentGroupName): string {
  return `failedAt#${deploymentGroupIdFor(group)}`;
}

/** Times are ISO 8601 and compare as texts. */
function lastOutcomeIn(item: Item, group: DeploymentGroupName): 'Succeeded' | 'Failed' | undefined {
  const failedAt = item[failedAtAttribute(group)] as string | undefined;
  const installedAt = item[installedAtAttribute(group)] as string | undefined;
  if (failedAt !== undefined && (installedAt === undefined || failedAt > installedAt)) return 'Failed';
  return installedAt === undefined ? undefined : 'Succeeded';
}

/** What an item says of a host. */
export function hostIn(instanceId: string, item: Item): Host {
  const { leg, leaving, registrations, expiresAt: expiry } = item as Partial<Host>;
  return {
    instanceId,
    ...(leg && { leg }),
    ...(leaving !== undefined && { leaving }),
    ...(registrations && { registrations }),
    isInWarmPool: item['isInWarmPool'] === true,
    hasSecret: item['hasSecret'] === true,
    hasInstallation: Object.keys(item).some((name) => name.startsWith(INSTALLED)),
    installed: (group) => item[installedAttribute(group)] as Revision | undefined,
    lastOutcome: (group) => lastOutcomeIn(item, group),
    expiresAt: expiry ?? 0,
  };
}
