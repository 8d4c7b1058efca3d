import type { LifecycleEvent as ShownEvent } from '@aws-sdk/client-codedeploy';

import type { LifecycleEvent } from '../../core/lifecycle-event.ts';
import { type Leg, lifecycleEventsOf } from '../../core/mailbox/leg.ts';
import { planOf } from '../../core/plan.ts';
import type { Target } from '../../core/target.ts';

/**
 * All lifecycle events of a target in their order, as clients see them: those on record, those of the leg that its host
 * works on, and as Pending those that are still to come.
 * @param leg in the mailbox of its host; another deployment's does not count
 */
export function lifecycleEventsOfTarget(target: Target, leg: Leg | undefined): ShownEvent[] {
  const known = target.lifecycleEvents.map(shown);
  if (target.status !== 'InProgress') return known;
  const working = isCurrent(target, leg) ? lifecycleEventsOf(leg).map(shown).map(unsettled) : [];
  const planned = planOf(target).flatMap<string>(({ events }) => events);
  const toCome = planned
    .slice(known.length + working.length)
    .map((lifecycleEventName): ShownEvent => ({ lifecycleEventName, status: 'Pending' }));
  return [...known, ...working, ...toCome];
}

/** Once a later step waits, or the work was stopped, the record has the leg's events. */
function isCurrent({ deploymentId, legNumber, stop }: Target, leg: Leg | undefined): leg is Leg {
  return leg?.deploymentId === deploymentId && !stop && leg.legNumber >= (legNumber ?? leg.legNumber);
}

/** What a leg calls skipped or unknown is, while it runs, to come or under way. */
function unsettled(event: ShownEvent): ShownEvent {
  if (event.status === 'Skipped') return { ...event, status: 'Pending' };
  return event.status === 'Unknown' ? { ...event, status: 'InProgress' } : event;
}

function shown({ lifecycleEventName, status, startTime, endTime, diagnostics }: LifecycleEvent): ShownEvent {
  return {
    lifecycleEventName,
    status,
    ...(startTime !== undefined && { startTime: new Date(startTime) }),
    ...(endTime !== undefined && { endTime: new Date(endTime) }),
    ...(diagnostics && { diagnostics: { ...diagnostics } }),
  };
}
