import { encodeHostCommandIdentifier } from '../../../core/host-command-identifier.ts';
import type { LifecycleAction } from '../../../core/lifecycle-action.ts';
import { describeGroup } from '../../../core/deployment-group.ts';
import type { DeploymentGroupName } from '../../../core/names.ts';
import { deploymentsOf, groupOf, targetIdOf } from '../../../core/target-request.ts';
import type { Target } from '../../../core/target.ts';
import type { ExecutionOutcome } from '../../../core/shared-action.ts';
import { answer } from '../../../lambdas/commands/answer.ts';
import { carryOut, type StepRequest } from '../../../lambdas/orchestrator/step.ts';
import type { DeploymentAtWork, OpenedDeployment } from '../../../lambdas/orchestrator/steps/open-deployment.ts';
import { anAgentCall, HOST_ARN } from './agent-call.ts';
import { aDeploymentGroup, anInstallation, aRevision, DECLARED_BY, WEB_FLEET } from './builders.ts';
import { Crash, crashAfter } from './crash.ts';
import { recordedEngine, type RecordedEngine } from './recorded-engine.ts';

export const BASE = { applicationName: 'base', deploymentGroupName: 'base-fleet' };
export const LOGS = { applicationName: 'logs', deploymentGroupName: 'logs-fleet' };
/** In the order in which a launch goes through them. */
export const GROUPS: readonly DeploymentGroupName[] = [BASE, WEB_FLEET, LOGS];

/** An engine that knows these groups, and a host that runs a revision of each. */
export async function engineOfSeveral(instanceId: string): Promise<RecordedEngine> {
  const engine = recordedEngine();
  for (const group of GROUPS) {
    const revision = aRevision(`${group.applicationName}.zip`);
    await engine.deploymentGroups.declare(aDeploymentGroup({ ...group, revision }), DECLARED_BY);
    await engine.hosts.remember(instanceId, { ...anInstallation(revision), group });
  }
  return engine;
}

/** What the last lifecycle event of a group's deployment comes to; those before it succeed. */
export type Course = (group: string) => 'Succeeded' | 'Failed';

export interface Played {
  readonly engine: RecordedEngine;
  readonly outcome: ExecutionOutcome;
  /** Groups in the order in which the host worked for them. */
  readonly worked: readonly string[];
  /** Outside calls of the orchestrator. */
  readonly calls: number;
}

/**
 * Goes through a lifecycle action as the state machine does, its host at work.
 * @param crashAfterCall the orchestrator crashes once after this outside call, and the step is tried again
 */
export async function play(action: LifecycleAction, course: Course, crashAfterCall = Infinity): Promise<Played> {
  const engine = await engineOfSeveral(action.instanceId);
  const { ports, calls } = crashAfter(engine, crashAfterCall);
  const step = async (request: StepRequest): Promise<unknown> => {
    try {
      return await carryOut(request, ports);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      return carryOut(request, engine);
    }
  };
  const worked: string[] = [];
  let opened = (await step({ step: 'openDeployment', request: action })) as OpenedDeployment;
  while (opened.decision === 'Deploy') {
    const { request, deploymentId, plan, hasNext } = opened;
    const events = plan[0]?.kind === 'RunEvents' ? plan[0].events : [];
    await step({ step: 'runEvents', request, legNumber: 1, events, taskToken: deploymentId, attempt: 0 });
    const group = groupOf(request) ?? WEB_FLEET;
    worked.push(group.applicationName);
    await work(engine, opened, course(group.applicationName));
    const { status } = engine.taskTokens.answers.get(deploymentId) as { status: string };
    opened =
      status === 'Succeeded' && hasNext
        ? ((await step({ step: 'goOnToNext', request: action, deploymentId })) as OpenedDeployment)
        : {
            decision: 'Finish',
            outcome: (await step({
              step: 'settleDeployment',
              request: action,
              error: null,
              deploymentId,
            })) as ExecutionOutcome,
          };
  }
  const completion: StepRequest = { step: 'completeLifecycleAction', request: action, outcome: opened.outcome };
  return { engine, worked, outcome: (await step(completion)) as ExecutionOutcome, calls: calls() };
}

/** Lets the host run its leg. @param last what the last lifecycle event comes to */
export async function work(
  engine: RecordedEngine,
  { deploymentId, plan }: DeploymentAtWork,
  last: string,
): Promise<void> {
  const [{ events } = { events: [] }] = plan;
  await answer(anAgentCall('PollHostCommand', { HostIdentifier: HOST_ARN }), engine);
  for (const [index, commandName] of events.entries()) {
    const command = { deploymentId, legNumber: 1, index, commandName, hostId: HOST_ARN, attempt: 1 };
    const CommandStatus = index === events.length - 1 ? last : 'Succeeded';
    const report = { HostCommandIdentifier: encodeHostCommandIdentifier(command), CommandStatus };
    await answer(anAgentCall('PutHostCommandComplete', report), engine);
  }
}

/** The records of an action's deployments, by application. */
export async function recordsOf(action: LifecycleAction, engine: RecordedEngine): Promise<Record<string, Target>> {
  const records: Record<string, Target> = {};
  for (const deployment of deploymentsOf(action)) {
    const target = await engine.targets.byId(targetIdOf(deployment));
    if (target) records[target.group.applicationName] = target;
  }
  return records;
}

/** The id of a group's deployment in an action. */
export function idIn(action: LifecycleAction, group: DeploymentGroupName): string {
  const own = deploymentsOf(action).find((each) => describeGroup(groupOf(each) ?? WEB_FLEET) === describeGroup(group));
  return targetIdOf(own ?? action).deploymentId;
}
