import type { HostCommandIdentifier } from '../host-command-identifier.ts';
import { commandState } from './command-state.ts';
import type { Leg } from './leg.ts';

/** Hosts speak every minute or oftener; what is known to within a minute is known well enough for its price. */
const NOTED_EVERY_MS = 50_000;

/** Takes note that the host is alive and still runs its current command; `unchanged` where that is known. */
export function noteProgress(leg: Leg | undefined, command: HostCommandIdentifier, nowMs: number): Leg | 'unchanged' {
  if (!leg?.handedOut || commandState(leg, command) !== 'current') return 'unchanged';
  const { handedOut } = leg;
  if (handedOut.heardAtMs !== undefined && nowMs - handedOut.heardAtMs < NOTED_EVERY_MS) return 'unchanged';
  return { ...leg, version: leg.version + 1, handedOut: { ...handedOut, heardAtMs: nowMs } };
}
