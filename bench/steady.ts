import type { JournalEntry } from '../rehearsal/index.ts';
import type { Assemblies } from '../stories/assemblies.ts';
import { Executions } from '../stories/executions.ts';
import { type EngineTimes, engineTimes } from './launches.ts';
import { onScenario } from './scenario.ts';
import { type Counts, countUsage, functionNameOf } from './usage.ts';

export interface SteadyResult {
  readonly times: readonly EngineTimes[];
  /** Usage of all launches together. */
  readonly counts: Counts;
  readonly launches: number;
  /** Milliseconds from the start of a function's process until its handler was ready, per function. */
  readonly coldStarts: Readonly<Record<string, readonly number[]>>;
}

/** Launches a few instances at a time in real time, so that the engine's own time is seen unqueued. */
export async function measureSteadyLaunches(
  assemblies: Assemblies,
  options: { rounds: number; perRound: number },
): Promise<SteadyResult> {
  return onScenario(
    assemblies,
    { speed: 1, simulation: { longestPollPauseMs: 100 } },
    async ({ rehearsal, scaleTo, untilInService }) => {
      // The template's own first instances warm the functions up; they are not measured.
      await untilInService(2);
      const from = rehearsal.journal.entries.length;
      for (let round = 1; round <= options.rounds; round++) {
        const size = 2 + round * options.perRound;
        await scaleTo(size);
        await untilInService(size);
      }
      await rehearsal.clock.sleep(1000);
      const launched = new Set(
        rehearsal.journal.entries
          .slice(from)
          .flatMap((entry) => (entry.kind === 'lifecycleAction' && entry.event === 'started' ? [entry.token] : [])),
      );
      const executions = await new Executions(rehearsal).all();
      const measured = executions.filter(({ name }) => launched.has(name.slice(-36)));
      return {
        times: engineTimes(rehearsal, measured),
        counts: countUsage(rehearsal.journal.entries.slice(from)),
        launches: launched.size,
        coldStarts: coldStarts(rehearsal.journal.entries),
      };
    },
  );
}

function coldStarts(entries: readonly JournalEntry[]): Record<string, number[]> {
  const starts: Record<string, number[]> = {};
  for (const entry of entries) {
    if (entry.kind !== 'invocation' || entry.initMs === undefined) continue;
    const name = functionNameOf(entry.logicalId);
    (starts[name] ??= []).push(entry.initMs);
  }
  return starts;
}
