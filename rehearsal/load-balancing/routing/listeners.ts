import { AwsError } from '../../endpoint/service.ts';
import { newArn, type ArnScope } from '../arn.ts';
import type { LoadBalancer } from '../load-balancer.ts';
import { resourceOf } from '../load-balancer.ts';
import type { TargetGroups } from '../targets/target-groups.ts';
import type { Action } from './action.ts';
import { targetGroupArnsOf } from './action.ts';
import type { Condition } from './condition.ts';
import { createTargetAgent } from './forward.ts';
import { handleRequest } from './handle-request.ts';
import { ListenerServer } from './listener-server.ts';
import type { Listener, Rule } from './listener.ts';

interface ListenerChange {
  readonly port?: number | undefined;
  readonly defaultActions?: readonly Action[] | undefined;
}

/** All listeners with their rules. Whenever one changes, the target groups learn whether they are in use. */
export class Listeners {
  readonly #byArn = new Map<string, Listener>();
  readonly #scope: ArnScope;
  readonly #targetGroups: TargetGroups;
  readonly #agent = createTargetAgent();

  constructor(scope: ArnScope, targetGroups: TargetGroups) {
    this.#scope = scope;
    this.#targetGroups = targetGroups;
  }

  list(): readonly Listener[] {
    return [...this.#byArn.values()];
  }

  of({ arn }: Pick<LoadBalancer, 'arn'>): readonly Listener[] {
    return this.list().filter(({ loadBalancer }) => loadBalancer.arn === arn);
  }

  find(arn: string): Listener | undefined {
    return this.#byArn.get(arn);
  }

  /** @throws AwsError ListenerNotFound */
  get(arn: string): Listener {
    const found = this.#byArn.get(arn);
    if (!found) throw new AwsError('ListenerNotFound', `One or more listeners not found: '${arn}'`);
    return found;
  }

  /** @throws AwsError DuplicateListener, TargetGroupNotFound */
  async add(loadBalancer: LoadBalancer, port: number, defaultActions: readonly Action[]): Promise<Listener> {
    const siblings = this.of(loadBalancer);
    if (siblings.some((listener) => listener.port === port)) {
      throw new AwsError('DuplicateListener', `A listener already exists on port ${port} for this load balancer`);
    }
    this.#requireTargetGroups(defaultActions);
    const { firstServer } = loadBalancer;
    const isTaken = siblings.some(({ server }) => server === firstServer);
    const server = isTaken ? await ListenerServer.open() : firstServer;
    const arn = newArn(this.#scope, 'listener', resourceOf(loadBalancer.arn));
    const listener: Listener = { arn, loadBalancer, port, defaultActions, rules: new Map(), server, turns: 0 };
    server.handler = (incoming, outgoing) => {
      handleRequest(listener, incoming, outgoing, { targetGroups: this.#targetGroups, agent: this.#agent });
    };
    this.#byArn.set(arn, listener);
    this.#useTargetGroups();
    return listener;
  }

  /** @throws AwsError TargetGroupNotFound */
  change(listener: Listener, { port, defaultActions }: ListenerChange): void {
    this.#requireTargetGroups(defaultActions ?? []);
    listener.port = port ?? listener.port;
    listener.defaultActions = defaultActions ?? listener.defaultActions;
    this.#useTargetGroups();
  }

  async delete({ arn, server, loadBalancer }: Listener): Promise<void> {
    this.#byArn.delete(arn);
    this.#useTargetGroups();
    server.handler = undefined;
    if (server !== loadBalancer.firstServer) await server.close();
  }

  /** @throws AwsError RuleNotFound */
  rule(arn: string): { readonly listener: Listener; readonly rule: Rule } {
    for (const listener of this.#byArn.values()) {
      const rule = listener.rules.get(arn);
      if (rule) return { listener, rule };
    }
    throw new AwsError('RuleNotFound', `One or more rules not found: '${arn}'`);
  }

  /** @throws AwsError PriorityInUse, TargetGroupNotFound */
  addRule(
    listener: Listener,
    described: { priority: number; conditions: readonly Condition[]; actions: readonly Action[] },
  ): Rule {
    if ([...listener.rules.values()].some(({ priority }) => priority === described.priority)) {
      throw new AwsError('PriorityInUse', `Priority '${described.priority}' is currently in use`);
    }
    this.#requireTargetGroups(described.actions);
    const rule = { ...described, arn: newArn(this.#scope, 'listener-rule', resourceOf(listener.arn)) };
    listener.rules.set(rule.arn, rule);
    this.#useTargetGroups();
    return rule;
  }

  /** @throws AwsError TargetGroupNotFound */
  changeRule(
    rule: Rule,
    change: { priority: number; conditions: readonly Condition[]; actions: readonly Action[] },
  ): void {
    this.#requireTargetGroups(change.actions);
    Object.assign(rule, change);
    this.#useTargetGroups();
  }

  deleteRule({ listener, rule }: { readonly listener: Listener; readonly rule: Rule }): void {
    listener.rules.delete(rule.arn);
    this.#useTargetGroups();
  }

  /** ARNs of the load balancers that forward to a target group. */
  forwardingTo(targetGroupArn: string): readonly string[] {
    const forwarding = this.list().filter((listener) => targetGroupsOf(listener).includes(targetGroupArn));
    return [...new Set(forwarding.map(({ loadBalancer }) => loadBalancer.arn))];
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    await Promise.all(this.list().map(({ server }) => server.close()));
  }

  #requireTargetGroups(actions: readonly Action[]): void {
    for (const arn of targetGroupArnsOf(actions)) this.#targetGroups.get(arn);
  }

  #useTargetGroups(): void {
    this.#targetGroups.use(new Set(this.list().flatMap(targetGroupsOf)));
  }
}

const targetGroupsOf = ({ defaultActions, rules }: Listener): readonly string[] => [
  ...targetGroupArnsOf(defaultActions),
  ...[...rules.values()].flatMap(({ actions }) => targetGroupArnsOf(actions)),
];
