import type { Assemblies } from '../../stories/assemblies.ts';
import { type DeploymentExecution, Executions } from '../../stories/executions.ts';
import type { Rehearsal } from '../../rehearsal/index.ts';
import { onScenario, type Scenario } from '../scenario.ts';

/** Wall milliseconds from the script that failed on the third host. */
export interface Withdrawal {
  /** Until people were told that the revision is launched no more. */
  readonly untilTold: number;
  /** Until the group’s launches were suspended; undefined where new hosts get the last good revision instead. */
  readonly untilHeld?: number;
}

/** What a launch guard waits for before it withdraws a revision. */
const LIMIT = 3;

/** A group whose first revision starts on no host. */
export async function measureHeldLaunches(assemblies: Assemblies): Promise<Withdrawal> {
  const simulation = { outcome: failingStart(() => true) };
  const settings = { desiredCapacity: '0', rollout: 'none' };
  return onScenario(assemblies, { speed: 1, simulation, settings }, async ({ rehearsal, scaleTo }) => {
    await scaleTo(LIMIT);
    return withdrawalIn(rehearsal, true);
  });
}

/** A group that has a good revision, and then declares another that starts on no host. */
export async function measureFallback(assemblies: Assemblies): Promise<Withdrawal> {
  let isBad = false;
  const simulation = { outcome: failingStart(() => isBad) };
  const settings = { rollout: 'none' };
  return onScenario(assemblies, { speed: 1, simulation, settings }, async (scenario: Scenario) => {
    const { rehearsal, scaleTo, untilInService } = scenario;
    await untilInService(2);
    await rehearsal.deploy(await assemblies.withVersion('web-app', '2.0.0', settings));
    isBad = true;
    await scaleTo(2 + LIMIT);
    return withdrawalIn(rehearsal, false);
  });
}

function failingStart(isBad: () => boolean) {
  return (_: string, event: string) => (event === 'ApplicationStart' && isBad() ? 'fail' : 'succeed');
}

async function withdrawalIn(rehearsal: Rehearsal, isHeld: boolean): Promise<Withdrawal> {
  for (;;) {
    await rehearsal.clock.sleep(1000);
    const failed = (await new Executions(rehearsal).all()).flatMap(failureIn).toSorted((one, other) => one - other);
    const third = failed[LIMIT - 1];
    const [told, held] = [firstCall(rehearsal, 'Publish'), firstCall(rehearsal, 'SuspendProcesses')];
    if (third === undefined || told === undefined || (isHeld && held === undefined)) continue;
    return { untilTold: told - third, ...(held !== undefined && { untilHeld: held - third }) };
  }
}

/** When the script of a launch failed. */
function failureIn({ deployment }: DeploymentExecution): readonly number[] {
  const failed = deployment?.lifecycleEvents.find(({ status }) => status === 'Failed');
  return failed?.endTime === undefined ? [] : [Date.parse(failed.endTime)];
}

function firstCall({ journal }: Rehearsal, operation: string): number | undefined {
  return journal.entries.find((entry) => entry.kind === 'call' && entry.operation === operation)?.at;
}
