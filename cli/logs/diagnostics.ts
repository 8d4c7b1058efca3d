import { diagnosticLines } from '../following/change-lines.ts';
import type { Observation, ObservedEvent } from '../following/observation.ts';
import type { HookLineFilter } from './hook-log.ts';

/** What a host reported of one lifecycle event that did not succeed, or of any that left output. */
export interface EventReport {
  readonly instanceId: string;
  readonly lifecycleEvent: string;
  readonly status: string;
  readonly lines: readonly string[];
}

/** The reports of a deployment's record, which is kept whether or not logs are. */
export function eventReports({ targets }: Observation, filter: HookLineFilter): EventReport[] {
  return [...targets.values()]
    .filter(({ targetId }) => filter.instanceId === undefined || filter.instanceId === targetId)
    .flatMap(({ targetId, events }) =>
      events.filter((event) => isWanted(event, filter)).map((event) => report(targetId, event)),
    );
}

function isWanted({ name, status, diagnostics }: ObservedEvent, { lifecycleEvent }: HookLineFilter): boolean {
  if (lifecycleEvent !== undefined && lifecycleEvent !== name) return false;
  return status === 'Failed' || Boolean(diagnostics?.logTail);
}

function report(instanceId: string, { name, status, diagnostics }: ObservedEvent): EventReport {
  return { instanceId, lifecycleEvent: name, status, lines: diagnosticLines(diagnostics ?? {}) };
}
