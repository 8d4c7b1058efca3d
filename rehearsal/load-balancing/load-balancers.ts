import { randomBytes } from 'node:crypto';
import { AwsError } from '../endpoint/service.ts';
import type { Action } from './routing/action.ts';
import { targetGroupArnsOf } from './routing/action.ts';
import type { Condition } from './routing/condition.ts';
import { createTargetAgent } from './routing/forward.ts';
import { handleRequest } from './routing/handle-request.ts';
import { ListenerServer } from './routing/listener-server.ts';
import type { Listener, Rule } from './routing/listener.ts';
import type { TargetGroups } from './targets/target-groups.ts';

export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly scheme: string;
  readonly createdAtMs: number;
  readonly subnetIds: readonly string[];
  securityGroupIds: readonly string[];
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  /** Reserved when the load balancer is made, because its name contains the port; the first listener gets it. */
  readonly firstServer: ListenerServer;
  readonly listeners: Map<string, Listener>;
}

interface LoadBalancersDependencies {
  readonly region: string;
  readonly accountId: string;
  readonly now: () => number;
  readonly targetGroups: TargetGroups;
}

/** The account's load balancers, with real listeners on loopback. */
export class LoadBalancers {
  readonly #it: LoadBalancersDependencies;
  readonly #byArn = new Map<string, LoadBalancer>();
  readonly #agent = createTargetAgent();

  constructor(dependencies: LoadBalancersDependencies) {
    this.#it = dependencies;
  }

  list(): readonly LoadBalancer[] {
    return [...this.#byArn.values()];
  }

  /** @throws AwsError LoadBalancerNotFound */
  get(arn: string): LoadBalancer {
    const found = this.#byArn.get(arn);
    if (!found) throw new AwsError('LoadBalancerNotFound', `Load balancers '${arn}' not found`);
    return found;
  }

  listeners(): readonly Listener[] {
    return this.list().flatMap(({ listeners }) => [...listeners.values()]);
  }

  /** @throws AwsError ListenerNotFound */
  listener(arn: string): Listener {
    const found = this.listeners().find((listener) => listener.arn === arn);
    if (!found) throw new AwsError('ListenerNotFound', `One or more listeners not found: '${arn}'`);
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
      arn: this.#arn('loadbalancer', `app/${described.name}`),
      createdAtMs: this.#it.now(),
      attributes: new Map([['idle_timeout.timeout_seconds', '60']]),
      tags: new Map(),
      firstServer: await ListenerServer.open(),
      listeners: new Map(),
    };
    this.#byArn.set(loadBalancer.arn, loadBalancer);
    return loadBalancer;
  }

  async delete(loadBalancer: LoadBalancer): Promise<void> {
    this.#byArn.delete(loadBalancer.arn);
    this.#useTargetGroups();
    await closeServers(loadBalancer);
  }

  /** @throws AwsError DuplicateListener, TargetGroupNotFound */
  async addListener(loadBalancer: LoadBalancer, port: number, defaultActions: readonly Action[]): Promise<Listener> {
    const { firstServer, listeners } = loadBalancer;
    if ([...listeners.values()].some((listener) => listener.port === port)) {
      throw new AwsError('DuplicateListener', `A listener already exists on port ${port} for this load balancer`);
    }
    this.#requireTargetGroups(defaultActions);
    const taken = [...listeners.values()].some(({ server }) => server === firstServer);
    const server = taken ? await ListenerServer.open() : firstServer;
    const arn = this.#arn('listener', resourceOf(loadBalancer));
    const listener: Listener = {
      arn,
      loadBalancerArn: loadBalancer.arn,
      port,
      defaultActions,
      rules: new Map(),
      server,
      turns: 0,
    };
    server.handler = (incoming, outgoing) => {
      handleRequest(listener, incoming, outgoing, { targetGroups: this.#it.targetGroups, agent: this.#agent });
    };
    listeners.set(arn, listener);
    this.#useTargetGroups();
    return listener;
  }

  /** @throws AwsError TargetGroupNotFound */
  changeListener(
    listener: Listener,
    change: { port?: number | undefined; defaultActions?: readonly Action[] | undefined },
  ): void {
    this.#requireTargetGroups(change.defaultActions ?? []);
    listener.port = change.port ?? listener.port;
    listener.defaultActions = change.defaultActions ?? listener.defaultActions;
    this.#useTargetGroups();
  }

  async deleteListener(listener: Listener): Promise<void> {
    const { listeners, firstServer } = this.get(listener.loadBalancerArn);
    listeners.delete(listener.arn);
    this.#useTargetGroups();
    listener.server.handler = undefined;
    if (listener.server !== firstServer) await listener.server.close();
  }

  /** @throws AwsError PriorityInUse, TargetGroupNotFound */
  addRule(
    listener: Listener,
    {
      priority,
      conditions,
      actions,
    }: { priority: number; conditions: readonly Condition[]; actions: readonly Action[] },
  ): Rule {
    if ([...listener.rules.values()].some((rule) => rule.priority === priority)) {
      throw new AwsError('PriorityInUse', `Priority '${priority}' is currently in use`);
    }
    this.#requireTargetGroups(actions);
    const arn = this.#arn('listener-rule', listener.arn.slice(listener.arn.indexOf('app/')));
    const rule = { arn, priority, conditions, actions };
    listener.rules.set(arn, rule);
    this.#useTargetGroups();
    return rule;
  }

  /** @throws AwsError RuleNotFound */
  rule(arn: string): { readonly listener: Listener; readonly rule: Rule } {
    for (const listener of this.listeners()) {
      const rule = listener.rules.get(arn);
      if (rule) return { listener, rule };
    }
    throw new AwsError('RuleNotFound', `One or more rules not found: '${arn}'`);
  }

  changeRule(
    rule: Rule,
    change: { conditions?: readonly Condition[] | undefined; actions?: readonly Action[] | undefined },
  ): void {
    this.#requireTargetGroups(change.actions ?? []);
    rule.conditions = change.conditions ?? rule.conditions;
    rule.actions = change.actions ?? rule.actions;
    this.#useTargetGroups();
  }

  deleteRule(arn: string): void {
    this.rule(arn).listener.rules.delete(arn);
    this.#useTargetGroups();
  }

  /** Load balancers that forward to a target group. */
  forwardingTo(targetGroupArn: string): readonly string[] {
    const forwarding = this.listeners().filter((listener) => targetGroupsOf(listener).includes(targetGroupArn));
    return [...new Set(forwarding.map(({ loadBalancerArn }) => loadBalancerArn))];
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    await Promise.all(this.list().map(closeServers));
  }

  #arn(kind: string, path: string): string {
    const { region, accountId } = this.#it;
    return `arn:aws:elasticloadbalancing:${region}:${accountId}:${kind}/${path}/${randomBytes(8).toString('hex')}`;
  }

  #requireTargetGroups(actions: readonly Action[]): void {
    for (const arn of targetGroupArnsOf(actions)) this.#it.targetGroups.get(arn);
  }

  #useTargetGroups(): void {
    this.#it.targetGroups.use(new Set(this.listeners().flatMap(targetGroupsOf)));
  }
}

/** `app/<name>/<id>`: how listeners and metrics name a load balancer. */
export const resourceOf = ({ arn }: Pick<LoadBalancer, 'arn'>): string => arn.slice(arn.indexOf('app/'));

const targetGroupsOf = ({ defaultActions, rules }: Listener): readonly string[] => [
  ...targetGroupArnsOf(defaultActions),
  ...[...rules.values()].flatMap(({ actions }) => targetGroupArnsOf(actions)),
];

async function closeServers({ firstServer, listeners }: LoadBalancer): Promise<void> {
  const servers = new Set([firstServer, ...[...listeners.values()].map(({ server }) => server)]);
  await Promise.all([...servers].map((server) => server.close()));
}
