import { AwsError } from '../../endpoint/service.ts';

/** Kinds of network things, by the prefix of their ids. */
export type NetworkPrefix =
  'vpc' | 'subnet' | 'sg' | 'sgr' | 'rtb' | 'rtbassoc' | 'igw' | 'nat' | 'eipalloc' | 'vpce' | 'fl' | 'acl';

/** A network thing: it has an id, what it was made with, and tags. Nothing is routed or filtered here. */
export interface NetworkThing {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly tags: Map<string, string>;
}

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly availabilityZone: string;
}

/** The account's network, as far as it can be described: all instances of a rehearsal share one loopback. */
export class Network {
  readonly #things = new Map<string, NetworkThing>();

  add(thing: NetworkThing): void {
    this.#things.set(thing.id, thing);
  }

  remove(id: string): void {
    this.#things.delete(id);
  }

  find(id: string): NetworkThing | undefined {
    return this.#things.get(id);
  }

  all(): readonly NetworkThing[] {
    return [...this.#things.values()];
  }

  list(prefix: NetworkPrefix): readonly NetworkThing[] {
    return this.all().filter(({ id }) => id.startsWith(`${prefix}-`));
  }

  /** @throws AwsError InvalidSubnetID.NotFound */
  subnet(subnetId: string): Subnet {
    const thing = this.#things.get(subnetId);
    if (!thing) throw new AwsError('InvalidSubnetID.NotFound', `The subnet ID '${subnetId}' does not exist`);
    const { VpcId, AvailabilityZone } = thing.properties;
    return { id: subnetId, vpcId: String(VpcId), availabilityZone: String(AvailabilityZone) };
  }
}
