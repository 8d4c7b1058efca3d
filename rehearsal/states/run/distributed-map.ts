import { randomUUID } from 'node:crypto';
import type { MapState } from '../language/definition.ts';
import type { Json } from '../language/json.ts';
import { EXCEEDED_TOLERATED_FAILURES, StatesError } from '../language/states-error.ts';
import type { Template } from '../language/template.ts';
import type { MachineRole } from '../role-leave.ts';
import { abortOf } from './abort-of.ts';
import { MapRun } from './map-run.ts';
import { selectInputs } from './select-inputs.ts';
import type { Visit } from './visit.ts';

const MOST_CONCURRENT_CHILDREN = 10_000;

/**
 * A Map Run: every item, or batch of items, is an execution of its own with its own history and variables.
 * A child that fails leaves null in the results, as long as the tolerated failures are not exceeded.
 */
export async function runDistributedMap(
  state: MapState,
  visit: Visit,
  items: readonly Json[],
  maxConcurrency: number,
): Promise<readonly Json[]> {
  const inputs = await childInputs(state, visit, items);
  const mapRun = await startMapRun(state, visit, inputs.length, maxConcurrency);
  const { thread } = visit;
  await requireLeaveToStart(visit, mapRun);
  thread.record('MapRunStarted', { mapRunArn: mapRun.arn });
  try {
    const results = await runChildren(mapRun, visit, inputs);
    await endMapRun(mapRun, visit, 'SUCCEEDED');
    thread.record('MapRunSucceeded');
    return results;
  } catch (error) {
    await endMapRun(mapRun, visit, error instanceof StatesError ? 'FAILED' : 'ABORTED');
    if (error instanceof StatesError) thread.record('MapRunFailed', { error: error.error, cause: error.cause });
    throw error;
  }
}

async function startMapRun(state: MapState, visit: Visit, total: number, maxConcurrency: number): Promise<MapRun> {
  const { execution, engine } = visit.thread;
  const { ground } = engine;
  const mapRun = new MapRun({
    arn: `arn:aws:states:${ground.region}:${ground.accountId}:mapRun:${execution.plan.stateMachine.name}/${state.label}:${randomUUID()}`,
    state,
    parent: execution,
    total,
    maxConcurrency,
    toleratedFailureCount: await numberOf(state.toleratedFailureCount, 'ToleratedFailureCount', visit),
    toleratedFailurePercentage: await numberOf(state.toleratedFailurePercentage, 'ToleratedFailurePercentage', visit),
    startedAt: ground.clock.now(),
  });
  engine.registerMapRun(mapRun);
  return mapRun;
}

async function endMapRun(mapRun: MapRun, visit: Visit, status: MapRun['status']): Promise<void> {
  const { engine } = visit.thread;
  mapRun.status = status;
  mapRun.stoppedAt = engine.ground.clock.now();
  const running = mapRun.children.find((child) => child.status === 'RUNNING');
  if (!running || (await engine.leave.refusal(roleOf(visit), ['states:StopExecution'], running.plan.arn))) return;
  for (const child of mapRun.children) child.close({ status: 'ABORTED', error: new StatesError() });
}

/** A Map Run starts executions of its own state machine, and asks how they are, in the name of the machine's role. */
async function requireLeaveToStart(visit: Visit, mapRun: MapRun): Promise<void> {
  const { execution, engine } = visit.thread;
  const { arn } = execution.plan.stateMachine;
  const { region, accountId } = engine.ground;
  await engine.leave.require(roleOf(visit), 'StartExecution', arn);
  const children = `arn:aws:states:${region}:${accountId}:execution:${roleOf(visit).machineName}/${mapRun.state.label}`;
  await engine.leave.require(roleOf(visit), 'DescribeExecution', `${children}:${execution.plan.name}`);
}

function roleOf({ thread }: Visit): MachineRole {
  const { roleArn, stateMachine } = thread.execution.plan;
  return { roleArn, machineName: stateMachine.name };
}

async function runChildren(mapRun: MapRun, visit: Visit, inputs: readonly Json[]): Promise<readonly Json[]> {
  const { engine, execution, signal } = visit.thread;
  const results = new Array<Json>(inputs.length).fill(null);
  const queue = inputs.entries();
  const abort = abortOf(signal);
  const lane = async (): Promise<void> => {
    for (const [index, input] of queue) {
      await engine.ground.throttles.untilAllowed('MapRunChildren', signal);
      const child = engine.startChild(execution, mapRun, input);
      mapRun.children.push(child);
      await child.closed;
      if (child.output === undefined) mapRun.failures += 1;
      else results[index] = child.output;
      if (mapRun.failsForGood) {
        throw new StatesError(EXCEEDED_TOLERATED_FAILURES, 'The specified tolerated failure threshold was exceeded');
      }
    }
  };
  const lanes = Math.min(mapRun.maxConcurrency, MOST_CONCURRENT_CHILDREN, inputs.length);
  await Promise.race([abort.aborted, Promise.all(Array.from({ length: lanes }, lane))]).finally(abort.release);
  return results;
}

async function childInputs(state: MapState, visit: Visit, items: readonly Json[]): Promise<readonly Json[]> {
  const selected = await selectInputs(state, visit, items);
  if (!state.maxItemsPerBatch) return selected;
  const size = await numberOf(state.maxItemsPerBatch, 'MaxItemsPerBatch', visit);
  const batches: Json[] = [];
  for (let start = 0; start < selected.length; start += size)
    batches.push({ Items: selected.slice(start, start + size) });
  return batches;
}

const numberOf = (template: Template | undefined, location: string, visit: Visit): Promise<number> =>
  template ? visit.evaluateTo<number>('number', template, location) : Promise.resolve(0);
