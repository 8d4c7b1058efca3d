import { describe, expect, it } from 'vitest';

import { outcomeOf } from '../../core/target.ts';
import { encodeHostCommandIdentifier } from '../../core/host-command-identifier.ts';
import { deploymentIdFor } from '../../core/identifiers.ts';
import { planFor } from '../../core/plan.ts';
import { targetIdOf, type TargetRequest } from '../../core/target-request.ts';
import { answer } from '../../lambdas/commands/answer.ts';
import { settleDeadExecution } from '../../lambdas/dead-execution/settle-dead-execution.ts';
import { admit } from '../../lambdas/hook-consumer/admit.ts';
import { carryOut } from '../../lambdas/orchestrator/step.ts';
import { register } from '../../lambdas/registration/register.ts';
import { anAgentCall, HOST_ARN } from './doubles/agent-call.ts';
import {
  anInPlaceRequest,
  anInstallation,
  aTarget,
  aDeploymentGroup,
  aLaunch,
  aTermination,
  DECLARED_BY,
  REVISION_ONE,
} from './doubles/builders.ts';
import { Crash, crashAfter } from './doubles/crash.ts';
import { aNotice } from './doubles/notice.ts';
import { aRegistration } from './doubles/registration.ts';
import {
  RecordedExecutions,
  RecordedResponses,
  recordedEngine,
  type RecordedEngine,
} from './doubles/recorded-engine.ts';

/** Everything outside of the functions. */
type World = RecordedEngine & {
  readonly executions: RecordedExecutions;
  readonly respond: RecordedResponses['respond'];
};

/** One function at work: what was before, and what it is called with. */
interface Scene {
  readonly before: (world: World) => Promise<unknown>;
  readonly run: (world: World) => Promise<unknown>;
}

const launch = aLaunch();
const termination = aTermination();
const inPlace = anInPlaceRequest();
const deploymentId = deploymentIdFor(launch.lifecycleActionToken);
const ID = targetIdOf(launch);
const [leg] = planFor('launch');
const [inPlaceLeg] = planFor('in-place');

const SUCCESS = outcomeOf(
  aTarget(),
  { status: 'Succeeded', lifecycleActionResult: 'CONTINUE', reason: 'Every lifecycle event succeeded' },
  [],
);

const group = (world: World) => world.deploymentGroups.declare(aDeploymentGroup(), DECLARED_BY);
const open =
  (action: TargetRequest = launch) =>
  (world: World) =>
    carryOut({ step: 'openDeployment', request: action }, world);
const runEvents = (world: World) =>
  carryOut(
    { step: 'runEvents', request: launch, legNumber: 1, events: leg?.events ?? [], taskToken: 'leg', attempt: 0 },
    world,
  );
const runInPlace = (world: World) =>
  carryOut(
    {
      step: 'runEvents',
      request: inPlace,
      legNumber: 1,
      events: inPlaceLeg?.events ?? [],
      taskToken: 'leg',
      attempt: 0,
    },
    world,
  );
const poll = (world: World) => answer(anAgentCall('PollHostCommand', { HostIdentifier: HOST_ARN }), world);
const report =
  (index: number, commandName: string, CommandStatus: string, id = deploymentId) =>
  (world: World) => {
    const command = { deploymentId: id, legNumber: 1, index, commandName, hostId: HOST_ARN, attempt: 1 };
    const input = { HostCommandIdentifier: encodeHostCommandIdentifier(command), CommandStatus };
    return answer(anAgentCall('PutHostCommandComplete', input), world);
  };
const allEvents = async (world: World) => {
  for (const [index, name] of (leg?.events ?? []).entries()) await report(index, name, 'Succeeded')(world);
};
const reportInPlace = (index: number, commandName: string, status: string) =>
  report(index, commandName, status, inPlace.deploymentId);
const allInPlace = async (world: World) => {
  for (const [index, name] of (inPlaceLeg?.events ?? []).entries())
    await reportInPlace(index, name, 'Succeeded')(world);
};
const settle = (world: World) => carryOut({ step: 'settleDeployment', request: launch, error: null }, world);
const heartbeatLaneWaits = (world: World) => world.table.leaveHeartbeatToken(ID, 'heartbeat');
const after =
  (...steps: ((world: World) => Promise<unknown>)[]) =>
  async (world: World) => {
    for (const step of steps) await step(world);
  };

const SCENES: Record<string, Scene> = {
  'the hook consumer admits a launch': {
    before: () => Promise.resolve(),
    run: (world) => admit(aNotice(), world),
  },
  'the orchestrator opens a launch deployment': { before: group, run: open() },
  'the orchestrator opens a launch of a group that nobody registered': { before: after(), run: open() },
  'the orchestrator opens a termination deployment': {
    before: after(group, ({ hosts }) => hosts.remember(launch.instanceId, anInstallation(REVISION_ONE))),
    run: open(termination),
  },
  'the orchestrator opens a termination while the launch is under way': {
    before: after(group, open(), runEvents, poll, report(0, 'ApplicationStop', 'Succeeded')),
    run: open(termination),
  },
  'the orchestrator places a leg': { before: after(group, open()), run: runEvents },
  'the orchestrator places a leg on a host that leaves': {
    before: after(group, open(), ({ hosts }) => hosts.leave(launch.instanceId, 'd-FAREWELL0')),
    run: runEvents,
  },
  'the orchestrator settles a success': { before: after(group, open(), runEvents, poll, allEvents), run: settle },
  'the orchestrator settles a failure': {
    before: after(group, open(), runEvents, poll, report(0, 'ApplicationStop', 'Failed')),
    run: settle,
  },
  'the orchestrator settles a failure that withdraws the revision and holds launches': {
    before: after(
      (world) => world.deploymentGroups.declare(aDeploymentGroup({ launchFailureLimit: 1 }), DECLARED_BY),
      open(),
      runEvents,
      poll,
      report(0, 'ApplicationStop', 'Failed'),
    ),
    run: settle,
  },
  'the orchestrator settles an execution that never opened its deployment': {
    before: group,
    run: (world) => carryOut({ step: 'settleDeployment', request: launch, error: { Error: 'Broken' } }, world),
  },
  'the orchestrator completes the action': {
    before: after(group, open(), runEvents, heartbeatLaneWaits, poll, allEvents, settle),
    run: (world) => carryOut({ step: 'completeLifecycleAction', request: launch, outcome: SUCCESS }, world),
  },
  'the orchestrator stops the work': {
    before: after(group, open(), runEvents, poll),
    run: (world) => carryOut({ step: 'stopTheWork', request: launch, error: { Error: 'LifecycleActionGone' } }, world),
  },
  'the command service hands out a command': { before: after(group, open(), runEvents), run: poll },
  'the command service takes a report': {
    before: after(group, open(), runEvents, poll),
    run: report(0, 'ApplicationStop', 'Succeeded'),
  },
  'the command service takes the report that ends a leg': {
    before: after(group, open(), runEvents, poll),
    run: report(0, 'ApplicationStop', 'Failed'),
  },
  'the dead-execution function settles an aborted launch': {
    before: after(group, open(), runEvents, heartbeatLaneWaits, poll),
    run: (world) => settleDeadExecution({ detail: { status: 'ABORTED', input: JSON.stringify(launch) } }, world),
  },
  'the orchestrator opens a deployment in place': { before: group, run: open(inPlace) },
  'the orchestrator opens a deployment in place on a host that is launching': {
    before: after(group, open(), runEvents, poll),
    run: open(inPlace),
  },
  'the orchestrator opens a termination while a deployment in place is under way': {
    before: after(
      group,
      ({ hosts }) => hosts.remember(launch.instanceId, anInstallation(REVISION_ONE)),
      open(inPlace),
      runInPlace,
      poll,
    ),
    run: open(termination),
  },
  'the orchestrator places a leg in place': { before: after(group, open(inPlace)), run: runInPlace },
  'the command service takes the report that ends a leg in place': {
    before: after(group, open(inPlace), runInPlace, poll),
    run: reportInPlace(0, 'ApplicationStop', 'Failed'),
  },
  'the orchestrator settles a success in place': {
    before: after(group, open(inPlace), runInPlace, poll, allInPlace),
    run: (world) => carryOut({ step: 'settleDeployment', request: inPlace, error: null }, world),
  },
  'the orchestrator settles a failure in place': {
    before: after(group, open(inPlace), runInPlace, poll, reportInPlace(0, 'ApplicationStop', 'Failed')),
    run: (world) => carryOut({ step: 'settleDeployment', request: inPlace, error: null }, world),
  },
  'the dead-execution function settles an aborted deployment in place': {
    before: after(group, open(inPlace), runInPlace, poll),
    run: (world) => settleDeadExecution({ detail: { status: 'ABORTED', input: JSON.stringify(inPlace) } }, world),
  },
  'the registration declares a deployment group': {
    before: after(),
    run: (world) => register(aRegistration('Create'), world),
  },
  'the registration removes a deployment group': {
    before: (world) => register(aRegistration('Create'), world),
    run: (world) => register(aRegistration('Delete'), world),
  },
};

describe.each(Object.entries(SCENES))('a crash while %s', (_, scene) => {
  it('after any of its outside calls is made good by the next run', async () => {
    const undisturbed = await played(scene);
    expect(undisturbed.calls).toBeGreaterThan(0);

    for (let n = 1; n <= undisturbed.calls; n++) {
      const crashed = await played(scene, n);

      expect(crashed.end, `crashed after outside call ${n} of ${undisturbed.calls}`).toEqual(undisturbed.end);
    }
  });
});

/** Plays a scene; with `crashAfterCall`, the function crashes there and is run again. */
async function played(scene: Scene, crashAfterCall = Infinity) {
  const responses = new RecordedResponses();
  const world: World = { ...recordedEngine(), executions: new RecordedExecutions(), respond: responses.respond };
  await scene.before(world);

  const { ports, calls } = crashAfter(world, crashAfterCall);
  await scene.run(ports).catch(unlessCrashed);
  if (calls() >= crashAfterCall) await scene.run(world);

  return { calls: calls(), end: endOf(world, responses) };
}

/** What the outside knows in the end. How often a command was handed out may differ: it was lost on its way once. */
function endOf(world: World, responses: RecordedResponses): unknown {
  const end = {
    table: world.table.contents(),
    completed: [...world.lifecycleActions.completed],
    answers: [...world.taskTokens.answers],
    executions: [...world.executions.started],
    responses: responses.last,
  };
  const passing = ['version', 'attempt', 'acknowledgedAttempt', 'applicationId'];
  return JSON.parse(JSON.stringify(end, (key, value: unknown) => (passing.includes(key) ? undefined : value)));
}

function unlessCrashed(error: unknown): void {
  if (!(error instanceof Crash)) throw error;
}
