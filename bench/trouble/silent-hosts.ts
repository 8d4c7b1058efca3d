import type { Assemblies } from '../../stories/assemblies.ts';
import { type DeploymentExecution, Executions } from '../../stories/executions.ts';
import { onScenario } from '../scenario.ts';

/** A host that never asks for a command, or one that stops reporting in the middle of an event. */
export type Silence = 'from the start' | 'in the middle';

export const SILENCE_LIMIT_MINUTES = 5;
/** As fast as the engine's own moments, a fifth of a second or so, are still small against the minutes that are measured. */
const SPEED = 20;

/**
 * Lets all hosts of a fleet fall silent.
 * @returns for each, rehearsed milliseconds from its start, or from the beginning of the event in the middle of which it
 *   fell silent, until its lifecycle action ended
 */
export async function measureSilence(assemblies: Assemblies, silence: Silence, hosts: number): Promise<number[]> {
  const simulation = silence === 'from the start' ? { bootMs: 24 * 3_600_000 } : { outcome: silentInTheMiddle };
  const settings = { silenceMinutes: String(SILENCE_LIMIT_MINUTES), desiredCapacity: '0' };
  return onScenario(assemblies, { speed: SPEED, simulation, settings }, async ({ rehearsal, scaleTo }) => {
    await scaleTo(hosts);
    const executions = new Executions(rehearsal);
    for (;;) {
      const ended = (await executions.all()).filter(isEndedLaunch).slice(0, hosts);
      if (ended.length === hosts) return ended.map((execution) => silentFor(execution, silence));
      await rehearsal.clock.sleep(20_000);
    }
  });
}

function silentInTheMiddle(_: string, event: string): 'silent' | 'succeed' {
  return event === 'ApplicationStart' ? 'silent' : 'succeed';
}

function isEndedLaunch({ name, endedAt }: DeploymentExecution): boolean {
  return name.startsWith('launch-') && endedAt !== undefined;
}

function silentFor({ startedAt, endedAt, deployment }: DeploymentExecution, silence: Silence): number {
  const event = deployment?.lifecycleEvents.find(({ lifecycleEventName }) => lifecycleEventName === 'ApplicationStart');
  const since = silence === 'from the start' ? startedAt.getTime() : Date.parse(event?.startTime ?? '');
  return (endedAt?.getTime() ?? Number.NaN) - since;
}
