import type { Host } from '../../../adapters/table/hosts.ts';
import type { Deployment } from '../../../core/deployment.ts';
import type { LifecycleEvent } from '../../../core/lifecycle-event.ts';
import { type Leg, lifecycleEventsOf } from '../../../core/mailbox/leg.ts';

/** The leg in a host's mailbox, if it is the deployment's. */
export function ownLeg({ deploymentId }: Pick<Deployment, 'deploymentId'>, host: Host | undefined): Leg | undefined {
  return host?.leg?.deploymentId === deploymentId ? host.leg : undefined;
}

/**
 * All lifecycle events of a deployment: those in its record and those in the mailbox. Once it is stopped or settled, or
 * waits for a later leg than the mailbox holds, the record has them all, and the mailbox must not add its own a second
 * time.
 */
export function eventsSoFar(deployment: Deployment, host: Host | undefined): readonly LifecycleEvent[] {
  const leg = ownLeg(deployment, host);
  if (deployment.stop || deployment.settlement || !leg) return deployment.lifecycleEvents;
  if (leg.legNumber < (deployment.legNumber ?? leg.legNumber)) return deployment.lifecycleEvents;
  return [...deployment.lifecycleEvents, ...lifecycleEventsOf(leg)];
}
