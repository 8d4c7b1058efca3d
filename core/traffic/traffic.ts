import type { Target } from '../target.ts';
import { describeRegistration, type Registration } from './registration.ts';

/**
 * The traffic of a host as it was before it was taken away, and so as it will be given back. It is written down before
 * anything moves, and never again: whoever looks after a crash would find a part of it only.
 */
export interface Traffic {
  /** All that AllowTraffic registers: what there was, and the own port of a target group that did not know the host. */
  readonly registrations: readonly Registration[];
  /** The Auto Scaling group that lets the host stand by meanwhile, where it asks for that. */
  readonly standbyIn?: string;
  /** How long the slowest target group keeps a registration that is draining. */
  readonly drainSeconds: number;
  /** Pause between two health checks of the slowest target group. */
  readonly checkSeconds: number;
}

/**
 * What a deployment that did not succeed leaves undone, in a sentence. A host that has perhaps half a revision gets no
 * traffic: AllowTraffic is the only event that gives it back.
 * @returns undefined where the host has the traffic that it had
 */
export function whatStaysBlocked({
  traffic,
  lifecycleEvents,
}: Pick<Target, 'traffic' | 'lifecycleEvents'>): string | undefined {
  const began = (name: string): boolean =>
    lifecycleEvents.some(({ lifecycleEventName, startTime }) => lifecycleEventName === name && startTime !== undefined);
  const hasReturned = lifecycleEvents.some(
    ({ lifecycleEventName, status }) => lifecycleEventName === 'AllowTraffic' && status === 'Succeeded',
  );
  if (!traffic || !began('BlockTraffic') || hasReturned) return undefined;
  if (began('AllowTraffic')) {
    if (traffic.standbyIn === undefined) return undefined;
    return `The host may be in Standby in ${traffic.standbyIn} still: if so, bring it back into service, or terminate it`;
  }
  if (traffic.standbyIn !== undefined) {
    return (
      `The host stays in Standby in ${traffic.standbyIn} until a rollback brings it back; without one, Auto Scaling ` +
      'launches another in its place: terminate it once you have looked at it'
    );
  }
  if (traffic.registrations.length === 0) return undefined;
  const names = traffic.registrations.map(describeRegistration).join(', ');
  return `The host stays out of ${names} until a deployment to it succeeds`;
}
