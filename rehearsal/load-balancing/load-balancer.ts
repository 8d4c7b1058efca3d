import type { ListenerServer } from './routing/listener-server.ts';

/** An Application Load Balancer. */
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
}

/** `app/<name>/<id>`: how listeners, rules and metrics name a load balancer. */
export const resourceOf = (arn: string): string => arn.slice(arn.indexOf('app/'));
