import type { LoadBalancer } from '../load-balancer.ts';
import type { Action } from './action.ts';
import type { Condition, RequestView } from './condition.ts';
import { meets } from './condition.ts';
import type { ListenerServer } from './listener-server.ts';

/** A rule of a listener. The lower its number, the earlier it is asked. */
export interface Rule {
  readonly arn: string;
  priority: number;
  conditions: readonly Condition[];
  actions: readonly Action[];
}

export interface Listener {
  readonly arn: string;
  readonly loadBalancer: LoadBalancer;
  /** As declared; where it listens here is the server's affair. */
  port: number;
  defaultActions: readonly Action[];
  readonly rules: Map<string, Rule>;
  readonly server: ListenerServer;
  /** Requests forwarded so far, for the weights. */
  turns: number;
}

/** What is done with a request: the actions of the first rule that applies, or else the default. */
export function actionFor(listener: Listener, request: RequestView): Action | undefined {
  const rule = [...listener.rules.values()]
    .sort((a, b) => a.priority - b.priority)
    .find(({ conditions }) => conditions.every((one) => meets(request, one)));
  return (rule?.actions ?? listener.defaultActions).at(-1);
}
