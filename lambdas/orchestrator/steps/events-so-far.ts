import type { Host } from '../../../adapters/table/hosts.ts';
import type { LifecycleEvent } from '../../../core/lifecycle-event.ts';
import { type Leg, lifecycleEventsOf } from '../../../core/mailbox/leg.ts';
import type { Target } from '../../../core/target.ts';

/** The leg in a host's mailbox, if it is the target's. */
export function ownLeg({ deploymentId }: Pick<Target, 'deploymentId'>, host: Host | undefined): Leg | undefined {
  return host?.leg?.deploymentId === deploymentId ? host.leg : undefined;
}

/**
 * All lifecycle events of a target: those in its record and those in the mailbox. Once it is stopped or settled, or
 * waits for a later leg than the mailbox holds, the record has them all, and the mailbox must not add its own a second
 * time.
 */
export function eventsSoFar(target: Target, host: Host | undefined): readonly LifecycleEvent[] {
  const leg = ownLeg(target, host);
  if (target.stop || target.settlement || !leg) return target.lifecycleEvents;
  if (leg.legNumber < (target.legNumber ?? leg.legNumber)) return target.lifecycleEvents;
  return [...target.lifecycleEvents, ...lifecycleEventsOf(leg)];
}
