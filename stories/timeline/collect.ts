import type { JournalEntry } from '../../rehearsal/index.ts';
import type { DeploymentExecution, DeploymentRecord } from '../executions.ts';

/** A moment in an instance's life. `at` is rehearsed time in milliseconds since the epoch. */
export type Moment =
  | { readonly at: number; readonly kind: 'lifecycleState'; readonly lifecycleState: string }
  | { readonly at: number; readonly kind: 'heartbeat' }
  | { readonly at: number; readonly kind: 'lifecycleAction'; readonly event: 'started' }
  | {
      readonly at: number;
      readonly kind: 'lifecycleAction';
      readonly event: 'completed';
      readonly result: string;
      readonly cause: string;
    }
  | {
      readonly at: number;
      readonly kind: 'deployment';
      readonly deployment: DeploymentRecord;
      readonly endedAt?: number;
    };

/** All that happened to one instance, in order. */
export interface InstanceTimeline {
  readonly instanceId: string;
  readonly moments: readonly Moment[];
}

/** Puts what was observed and what the engine recorded side by side, one timeline per instance in order of birth. */
export function collectTimelines(
  journal: readonly JournalEntry[],
  executions: readonly DeploymentExecution[],
): InstanceTimeline[] {
  const moments = new Map<string, Moment[]>();
  const add = (instanceId: string, moment: Moment): void => {
    const known = moments.get(instanceId);
    if (known) known.push(moment);
    else moments.set(instanceId, [moment]);
  };
  for (const entry of journal) {
    if (entry.kind === 'instance') {
      add(entry.instanceId, { at: entry.at, kind: 'lifecycleState', lifecycleState: entry.lifecycleState });
    } else if (entry.kind === 'lifecycleAction') {
      add(entry.instanceId, lifecycleActionMoment(entry));
    }
  }
  for (const { deployment, startedAt, endedAt } of executions) {
    if (!deployment) continue;
    add(deployment.instanceId, {
      at: startedAt.getTime(),
      kind: 'deployment',
      deployment,
      ...(endedAt && { endedAt: endedAt.getTime() }),
    });
  }
  return [...moments].map(([instanceId, unordered]) => ({
    instanceId,
    moments: unordered.sort((one, other) => one.at - other.at),
  }));
}

function lifecycleActionMoment(entry: JournalEntry & { kind: 'lifecycleAction' }): Moment {
  if (entry.event === 'heartbeat') return { at: entry.at, kind: 'heartbeat' };
  if (entry.event === 'started') return { at: entry.at, kind: 'lifecycleAction', event: 'started' };
  return {
    at: entry.at,
    kind: 'lifecycleAction',
    event: 'completed',
    result: entry.result ?? '',
    cause: entry.cause ?? '',
  };
}
