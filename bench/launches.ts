import type { Rehearsal } from '../rehearsal/index.ts';
import type { DeploymentExecution } from '../stories/executions.ts';

/** The engine's own time on one lifecycle action, rehearsed milliseconds (wall milliseconds at speed 1). */
export interface EngineTimes {
  /** From Auto Scaling sending the hook message until the first command was in a host's hands. */
  readonly noticeToFirstCommandMs: number;
  /** From the last lifecycle event's report until Auto Scaling saw the action completed. */
  readonly lastEventToCompletionMs: number;
}

/** Reads both times for every ended deployment from what Auto Scaling saw and what the engine recorded. */
export function engineTimes(rehearsal: Rehearsal, executions: readonly DeploymentExecution[]): EngineTimes[] {
  const actions = actionTimes(rehearsal);
  return executions.flatMap(({ name, deployment }) => {
    const events = deployment?.lifecycleEvents ?? [];
    const first = events.find(({ startTime }) => startTime !== undefined)?.startTime;
    const last = events.findLast(({ endTime }) => endTime !== undefined)?.endTime;
    const action = actions.get(tokenOf(name));
    if (first === undefined || last === undefined || action?.started === undefined || action.completed === undefined) {
      return [];
    }
    return [
      {
        noticeToFirstCommandMs: Date.parse(first) - action.started,
        lastEventToCompletionMs: action.completed - Date.parse(last),
      },
    ];
  });
}

interface ActionTimes {
  started?: number;
  completed?: number;
}

function actionTimes(rehearsal: Rehearsal): Map<string, ActionTimes> {
  const times = new Map<string, ActionTimes>();
  for (const entry of rehearsal.journal.entries) {
    if (entry.kind !== 'lifecycleAction' || entry.event === 'heartbeat') continue;
    const action = times.get(entry.token) ?? {};
    action[entry.event] = entry.at;
    times.set(entry.token, action);
  }
  return times;
}

/** An execution is named `<type>-<instance id>-<lifecycle action token>`; the token is a UUID. */
function tokenOf(executionName: string): string {
  return executionName.slice(-36);
}
