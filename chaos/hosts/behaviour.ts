import type { AgentFault } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';

/** What a host does at a lifecycle event. */
export type Conduct = 'succeeds' | Exclude<AgentFault, 'agent never starts' | 'health checks fail'>;

const CONDUCTS: Readonly<Record<Exclude<Conduct, 'succeeds'>, number>> = {
  'script fails': 3,
  'agent crashes': 3,
  'agent hangs': 1,
  'host reboots': 2,
  'agent answers twice': 4,
};

/** How the host goes about its next lifecycle event. */
export function conductAt(faults: Faults): Conduct {
  return faults.among(faults.weather.agent, CONDUCTS) ?? 'succeeds';
}

/** Whether a machine comes up without its agent. */
export function staysSilent(faults: Faults): boolean {
  const isSilent = faults.strikes(faults.weather.agent / 2) && !faults.spares('agent never starts');
  if (isSilent) faults.noted('agent never starts');
  return isSilent;
}

/** Longest that what runs on a host answers no health check: longer than AllowTraffic waits, now and then. */
const LONGEST_UNWELL_MS = 4_500_000;

/** For how many milliseconds a new revision answers no health check. */
export function unwellMs(faults: Faults): number {
  if (!faults.strikes(faults.weather.agent / 2) || faults.spares('health checks fail')) return 0;
  faults.noted('health checks fail');
  return faults.lots.between(30_000, faults.lots.pick([300_000, 300_000, LONGEST_UNWELL_MS]));
}
