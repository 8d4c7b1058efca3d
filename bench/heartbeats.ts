import type { Assemblies } from '../stories/assemblies.ts';
import { onScenario } from './scenario.ts';
import { countUsage } from './usage.ts';

export interface HeartbeatResult {
  readonly heartbeats: number;
  readonly transitionsPerHeartbeat: number;
  readonly invocationsPerHeartbeat: number;
  readonly tableWritesPerHeartbeat: number;
}

const BEATS = 10;

/** Leaves hosts silent while the engine keeps their actions alive, and counts what a beat uses. */
export async function measureHeartbeats(assemblies: Assemblies): Promise<HeartbeatResult> {
  const simulation = { outcome: () => 'silent' as const };
  return onScenario(assemblies, { speed: 300, simulation }, async ({ rehearsal }) => {
    const beats = (): number[] =>
      rehearsal.journal.entries.flatMap((entry, index) =>
        entry.kind === 'lifecycleAction' && entry.event === 'heartbeat' ? [index] : [],
      );
    while (beats().length < BEATS) await rehearsal.clock.sleep(60_000);

    // Between the first and the last beat stand the whole rounds of the beats between them.
    const indices = beats();
    const [first = 0, last = 0] = [indices[0], indices.at(-1)];
    const between = rehearsal.journal.entries.slice(first, last);
    const heartbeats = indices.length - 1;
    const counts = countUsage(
      between.filter((entry) => entry.kind !== 'invocation' || /Heartbeat/.test(entry.logicalId)),
    );
    const invocations = Object.values(counts.invocations).reduce((total, count) => total + count, 0);
    return {
      heartbeats,
      transitionsPerHeartbeat: counts.transitions / heartbeats,
      invocationsPerHeartbeat: invocations / heartbeats,
      tableWritesPerHeartbeat: counts.tableWrites / heartbeats,
    };
  });
}
