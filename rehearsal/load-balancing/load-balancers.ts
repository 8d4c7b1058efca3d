import { AwsError } from '../endpoint/service.ts';
import { newArn, type ArnScope } from './arn.ts';
import type { LoadBalancer } from './load-balancer.ts';
import { ListenerServer } from './routing/listener-server.ts';
import type { Listeners } from './routing/listeners.ts';

/** The account's load balancers; each holds a port on loopback from its first moment. */
export class LoadBalancers {
  readonly #byArn = new Map<string, LoadBalancer>();
  readonly #scope: ArnScope;
  readonly #listeners: Listeners;
  readonly #now: () => number;

  constructor(scope: ArnScope, listeners: Listeners, now: () => number) {
    this.#scope = scope;
    this.#listeners = listeners;
    this.#now = now;
  }

  list(): readonly LoadBalancer[] {
    return [...this.#byArn.values()];
  }

  find(arn: string): LoadBalancer | undefined {
    return this.#byArn.get(arn);
  }

  /** @throws AwsError LoadBalancerNotFound */
  get(arn: string): LoadBalancer {
    const found = this.#byArn.get(arn);
    if (!found) throw new AwsError('LoadBalancerNotFound', `Load balancers '${arn}' not found`);
    return found;
  }

  /** @throws AwsError DuplicateLoadBalancerName */
  async create(
    described: Pick<LoadBalancer, 'name' | 'scheme' | 'subnetIds' | 'securityGroupIds'>,
  ): Promise<LoadBalancer> {
    if (this.list().some(({ name }) => name === described.name)) {
      throw new AwsError('DuplicateLoadBalancerName', `A load balancer with the name '${described.name}' exists`);
    }
    const loadBalancer: LoadBalancer = {
      ...described,
      arn: newArn(this.#scope, 'loadbalancer', `app/${described.name}`),
      createdAtMs: this.#now(),
      attributes: new Map([['idle_timeout.timeout_seconds', '60']]),
      tags: new Map(),
      firstServer: await ListenerServer.open(),
    };
    this.#byArn.set(loadBalancer.arn, loadBalancer);
    return loadBalancer;
  }

  /** Deletes it with its listeners. */
  async delete(loadBalancer: LoadBalancer): Promise<void> {
    this.#byArn.delete(loadBalancer.arn);
    await Promise.all(this.#listeners.of(loadBalancer).map((listener) => this.#listeners.delete(listener)));
    await loadBalancer.firstServer.close();
  }

  async close(): Promise<void> {
    await Promise.all(this.list().map((loadBalancer) => this.delete(loadBalancer)));
  }
}
