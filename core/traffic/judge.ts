import { describeRegistration, type SeenRegistration } from './registration.ts';

/** How far a move of traffic is, once its load balancers have been asked. */
export type Progress = { readonly kind: 'done' } | UnderWay | Failure;

/** What it waits for. */
export interface UnderWay {
  readonly kind: 'underWay';
  readonly waitsFor: string;
  /** Whether it has not begun, because others must go first; what they do takes its own time. */
  readonly isHeldUp?: boolean;
}

/** Why it will never be done. */
export interface Failure {
  readonly kind: 'failed';
  readonly reason: string;
}

/** Registrations that must still be given up; those that drain are on their way. */
export function toDeregister(seen: readonly SeenRegistration[]): readonly SeenRegistration[] {
  return seen.filter(({ state }) => state !== 'absent' && state !== 'draining');
}

/** Registrations that must still be asked for. One that drains starts anew. */
export function toRegister(seen: readonly SeenRegistration[]): readonly SeenRegistration[] {
  return seen.filter(({ state }) => state === 'absent' || state === 'draining');
}

/** Traffic is blocked when no load balancer has the host any more: while it drains, requests are under way. */
export function judgeBlock(seen: readonly SeenRegistration[]): Progress {
  return unlessWaiting(seen.filter(({ state }) => state !== 'absent'));
}

/**
 * Traffic is allowed when every load balancer finds the host healthy. Where no listener forwards to a target group there
 * is nothing to wait for: nobody checks.
 */
export function judgeAllow(seen: readonly SeenRegistration[]): Progress {
  const lost = seen.find(({ state, isIdle }) => state === 'unused' && isIdle !== true);
  if (lost) return { kind: 'failed', reason: inWords(lost) };
  return unlessWaiting(seen.filter(({ state }) => state !== 'healthy' && state !== 'unused'));
}

/** How far two parts of a move are, that go on side by side. */
export function together(one: Progress, other: Progress): Progress {
  if (one.kind === 'failed' || other.kind === 'done') return one;
  if (other.kind === 'failed' || one.kind === 'done') return other;
  return { kind: 'underWay', waitsFor: `${one.waitsFor}; ${other.waitsFor}` };
}

function unlessWaiting(waiting: readonly SeenRegistration[]): Progress {
  if (waiting.length === 0) return { kind: 'done' };
  return { kind: 'underWay', waitsFor: waiting.map(inWords).join('; ') };
}

/** `web-targets:8080 is unhealthy (Request timed out)` */
function inWords(seen: SeenRegistration): string {
  const why = seen.description === undefined ? '' : ` (${seen.description})`;
  return `${describeRegistration(seen)} is ${seen.state}${why}`;
}
