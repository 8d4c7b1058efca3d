import { performance } from 'node:perf_hooks';
import { carryOutEvent } from '../../agent/loop/carry-out-event.ts';
import type { EventEquipment, EventOutcome } from '../../agent/loop/carry-out-event.ts';
import type { DeploymentSpecification } from '../../agent/protocol/deployment-specification.ts';

/** How an event of a local deployment went. */
export interface EventReport extends EventOutcome {
  readonly event: string;
  readonly seconds: number;
}

export interface Listener {
  /** A line of the script log, as it comes. */
  onLine(event: string, line: string): void;
  onEnd(report: EventReport): void;
}

/** Runs events one after another by the agent's own code, up to the first that fails. */
export async function runDeployment(
  events: readonly string[],
  specification: DeploymentSpecification,
  equipment: Omit<EventEquipment, 'hookLogs'>,
  listener: Listener,
): Promise<readonly EventReport[]> {
  const hookLogs: EventEquipment['hookLogs'] = {
    open: (_deployment, event) => ({
      add: (line) => {
        listener.onLine(event, line);
      },
      close: () => undefined,
    }),
  };
  const reports: EventReport[] = [];
  for (const event of events) {
    const startedMs = performance.now();
    const outcome = await carryOutEvent(event, specification, { ...equipment, hookLogs });
    const report = { ...outcome, event, seconds: (performance.now() - startedMs) / 1000 };
    reports.push(report);
    listener.onEnd(report);
    if (report.status === 'Failed') break;
  }
  return reports;
}
