import { deploymentIdFor } from '../../core/identifiers.ts';
import type { JournalEntry } from '../../rehearsal/journal.ts';
import type { Ended } from './ended.ts';

type ActionEntry = Extract<JournalEntry, { kind: 'lifecycleAction' }>;

/** How Auto Scaling says that an action may end which nobody completed. */
const ENDED_BY_OTHERS = new Set(['Cancelled', 'DeleteLifecycleHook']);

/** Every lifecycle action ended as its deployments did, or for a reason that is no fault of the engine's. */
export function judgeActions({ world, course, records, setting }: Ended): readonly string[] {
  const entries = world.journal.filter((entry): entry is ActionEntry => entry.kind === 'lifecycleAction');
  const started = entries.filter(({ event }) => event === 'started');
  const undelivered = [...world.queue.lost, ...world.queue.deadLetters].join('\n');

  return started.flatMap((start) => {
    const name = `the lifecycle action of ${start.lifecycleHookName} for ${start.instanceId}`;
    const end = entries.find(({ event, token }) => event === 'completed' && token === start.token);
    if (!end) return [`${name} never ended`];
    if (ENDED_BY_OTHERS.has(end.cause ?? '')) return [];
    const isExcused =
      undelivered.includes(start.token) ||
      course.hooksAmiss.some(({ fromMs, untilMs }) => start.at >= fromMs && start.at <= untilMs);
    if (end.cause === 'HeartbeatTimeout') return isExcused ? [] : [`${name} timed out though its message arrived`];

    const ids = new Set(
      [start.token, ...setting.deploymentGroups.map((group) => ({ group }))].map((part) =>
        typeof part === 'string' ? deploymentIdFor(part) : deploymentIdFor(start.token, part.group),
      ),
    );
    const targets = records.targets.filter(({ deploymentId }) => ids.has(deploymentId));
    if (targets.length === 0) return [`${name} was completed with ${end.result}, and no deployment tells why`];
    const results = targets.map(({ settlement }) => settlement?.lifecycleActionResult);
    const expected = results.includes('ABANDON') ? 'ABANDON' : 'CONTINUE';
    if (results.some((result) => result === null) && !isExcused)
      return [`${name} was completed with ${end.result}, and a record says that it was gone`];
    return end.result === expected
      ? []
      : [`${name} ended with ${end.result}, and its deployments with ${results.join(', ')}`];
  });
}
