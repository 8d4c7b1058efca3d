import type { Tags } from '../../core/fleet/tag-filter.ts';
import {
  type IamIdentity,
  isRegistered,
  type OnPremisesInstance,
} from '../../core/on-premises/on-premises-instance.ts';
import { iamIdentityKey, ON_PREMISES_INSTANCES, onPremisesInstanceKey } from './keys.ts';
import type { Page } from './page.ts';
import type { Item, Table } from './table.ts';

/** On-premises instances, registered and deregistered. */
export interface OnPremisesInstances {
  byName(instanceName: string): Promise<OnPremisesInstance | undefined>;
  /** In alphabetical order. A page may be short though others follow: look at `last`. */
  page(after: string | undefined, limit: number): Promise<Page<OnPremisesInstance>>;
  /** Whoever repeats a call that broke off completes it. */
  register(instance: OnPremisesInstance): Promise<'registered' | 'name taken' | 'identity taken'>;
  /** Frees name and identity. Whoever repeats a call that broke off completes it. */
  deregister(instanceName: string, atMs: number): Promise<void>;
  /** Writes tags over those that the given instance has. `refused`: somebody changed them since, or it is deregistered. */
  setTags(instance: OnPremisesInstance, tags: Tags): Promise<'saved' | 'refused'>;
}

/**
 * On-premises instances in the table: an item for each name, and a reservation for each IAM identity, which names the
 * registration that has it. Registering takes three writes:
 *
 *   1. a claim on the name, which nobody sees, unless the name is registered;
 *   2. the reservation of the identity. Who holds it without being registered has claimed only: the claim is withdrawn,
 *      and its owner fails in the third step;
 *   3. the registration itself, in place of the claim and only there.
 *
 * So two registered instances never share a name or an identity, wherever a registration breaks off, and what it leaves
 * is in nobody's way. An instance without its reservation cannot be: it is deregistered before it gives that back.
 */
export class TableOnPremisesInstances implements OnPremisesInstances {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  async byName(instanceName: string): Promise<OnPremisesInstance | undefined> {
    return instanceIn(await this.#table.get(onPremisesInstanceKey(instanceName)));
  }

  async page(after: string | undefined, limit: number): Promise<Page<OnPremisesInstance>> {
    const { items, last } = await this.#table.query(ON_PREMISES_INSTANCES, { after, limit });
    return { items: items.map(instanceIn).filter((instance) => instance !== undefined), last };
  }

  async register(instance: OnPremisesInstance): Promise<'registered' | 'name taken' | 'identity taken'> {
    const { instanceName, instanceArn } = instance;
    const key = onPremisesInstanceKey(instanceName);
    const claimed = await this.#table.update(key, {
      update: 'SET claim = :arn',
      condition: 'attribute_not_exists(instanceArn) OR attribute_exists(deregisteredAtMs)',
      values: { ':arn': instanceArn },
    });
    if (claimed === 'refused') return 'name taken';
    if (!(await this.#reserve(instance))) {
      await this.#withdrawClaim(instance);
      return 'identity taken';
    }
    const guard = { condition: 'claim = :arn', values: { ':arn': instanceArn } };
    if ((await this.#table.put(key, { ...instance }, guard)) === 'done') return 'registered';
    await this.#freeIdentity(instance);
    return this.#whyClaimWasLost(instanceName);
  }

  async deregister(instanceName: string, atMs: number): Promise<void> {
    const instance = await this.byName(instanceName);
    if (!instance) return;
    await this.#table.update(onPremisesInstanceKey(instanceName), {
      update: 'SET deregisteredAtMs = if_not_exists(deregisteredAtMs, :at)',
      condition: 'instanceArn = :arn',
      values: { ':at': atMs, ':arn': instance.instanceArn },
    });
    await this.#freeIdentity(instance);
  }

  async setTags(instance: OnPremisesInstance, tags: Tags): Promise<'saved' | 'refused'> {
    const { instanceName, instanceArn, tagsVersion } = instance;
    const outcome = await this.#table.update(onPremisesInstanceKey(instanceName), {
      update: 'SET tags = :tags, tagsVersion = :next',
      condition: 'instanceArn = :arn AND attribute_not_exists(deregisteredAtMs) AND tagsVersion = :version',
      values: { ':tags': tags, ':next': tagsVersion + 1, ':version': tagsVersion, ':arn': instanceArn },
    });
    return outcome === 'refused' ? 'refused' : 'saved';
  }

  /** @returns whether the identity is this registration's now */
  async #reserve({ instanceName, instanceArn, identity }: OnPremisesInstance): Promise<boolean> {
    const key = iamIdentityKey(identity.arn);
    const holder = (await this.#table.get(key)) as Registration | undefined;
    if (holder && (await this.#isRegistered(holder))) return false;
    const outcome = await this.#table.put(
      key,
      { instanceName, instanceArn },
      {
        condition: 'attribute_not_exists(pk) OR instanceArn = :holder',
        values: { ':holder': holder?.instanceArn ?? instanceArn },
      },
    );
    return outcome === 'done';
  }

  /** Whether it came to its end, and is in force; if it did not, it never will. */
  async #isRegistered(registration: Registration): Promise<boolean> {
    if (await this.#withdrawClaim(registration)) return false;
    const instance = await this.byName(registration.instanceName);
    return instance?.instanceArn === registration.instanceArn && isRegistered(instance);
  }

  async #withdrawClaim({ instanceName, instanceArn }: Registration): Promise<boolean> {
    const outcome = await this.#table.update(onPremisesInstanceKey(instanceName), {
      update: 'REMOVE claim',
      condition: 'claim = :arn',
      values: { ':arn': instanceArn },
    });
    return outcome !== 'refused';
  }

  /** Another call has claimed or registered the name since, or another instance came first with the identity. */
  async #whyClaimWasLost(instanceName: string): Promise<'name taken' | 'identity taken'> {
    const item = await this.#table.get(onPremisesInstanceKey(instanceName));
    const instance = instanceIn(item);
    return item?.['claim'] !== undefined || (instance && isRegistered(instance)) ? 'name taken' : 'identity taken';
  }

  async #freeIdentity({ instanceArn, identity }: { instanceArn: string; identity: IamIdentity }): Promise<void> {
    await this.#table.delete(iamIdentityKey(identity.arn), {
      condition: 'instanceArn = :arn',
      values: { ':arn': instanceArn },
    });
  }
}

/** One registration of an instance, of which there may be several in turn. */
type Registration = Pick<OnPremisesInstance, 'instanceName' | 'instanceArn'>;

/** @returns undefined for a mere claim on the name */
function instanceIn(item: Item | undefined): OnPremisesInstance | undefined {
  if (item?.['instanceArn'] === undefined) return undefined;
  const { instanceName, instanceArn, identity, registeredAtMs, deregisteredAtMs, tags, tagsVersion } =
    item as unknown as OnPremisesInstance;
  return {
    instanceName,
    instanceArn,
    identity,
    registeredAtMs,
    ...(deregisteredAtMs !== undefined && { deregisteredAtMs }),
    tags,
    tagsVersion,
  };
}
