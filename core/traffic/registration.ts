/** One registration of a host with a target group. A host may have several with the same group, by port. */
export interface Registration {
  readonly targetGroupArn: string;
  readonly targetGroupName: string;
  /** Missing where the target group's own port is meant. */
  readonly port?: number;
  readonly availabilityZone?: string;
}

/**
 * What a load balancer thinks of a registration. `absent`: it has no such registration, or not any more. `unused`: it
 * has it and sends nothing, because no listener forwards to the target group, or because the host does not run.
 */
export type RegistrationState = 'absent' | 'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining';

/** A registration as its load balancer sees it. */
export interface SeenRegistration extends Registration {
  readonly state: RegistrationState;
  /** Why it is not healthy, in the load balancer's words. */
  readonly description?: string;
  /** Whether nothing is wrong but that no listener forwards to the target group. */
  readonly isIdle?: boolean;
}

/** A registration in a sentence: `web-targets:8080`. */
export function describeRegistration({ targetGroupName, port }: Registration): string {
  return port === undefined ? targetGroupName : `${targetGroupName}:${port}`;
}
