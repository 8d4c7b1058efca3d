import { deploymentKey } from '../../../adapters/table/keys.ts';
import { decideOnLaunch, type Decision, finish } from '../../../core/decide-on-launch.ts';
import { decideOnTermination } from '../../../core/decide-on-termination.ts';
import type { DeploymentGroup } from '../../../core/deployment-group.ts';
import { type Deployment, type DeploymentOutcome, outcomeOf } from '../../../core/deployment.ts';
import { firstHeartbeatInSeconds } from '../../../core/heartbeat-pace.ts';
import { deploymentIdFor } from '../../../core/identifiers.ts';
import { deadlineMs, endsTheInstance, type LifecycleAction, safeResult } from '../../../core/lifecycle-action.ts';
import type { DeploymentGroupName } from '../../../core/names.ts';
import { type Plan, planFor } from '../../../core/plan.ts';
import type { Engine } from '../../engine.ts';
import { recordOf } from './record-of.ts';
import { stopTheWork } from './stop-the-work.ts';

/** What the state machine goes on with. */
export interface OpenedDeployment {
  readonly decision: 'Deploy' | 'Finish';
  readonly deploymentId: string;
  readonly plan: Plan;
  readonly firstHeartbeatInSeconds: number;
  /** Where the heartbeat lane leaves its token, in DynamoDB's own notation. */
  readonly tableKey: Readonly<Record<string, { readonly S: string }>>;
  /** Set when there is nothing to deploy. */
  readonly outcome: DeploymentOutcome | null;
}

/**
 * Decides what a lifecycle action leads to, and writes the deployment's record. The record is the gate: whoever finds
 * one goes on with what it says, so that a repeated call decides nothing anew, and an execution that is run again days
 * later does not take a newer deployment's place.
 */
export async function openDeployment(action: LifecycleAction, engine: Engine): Promise<OpenedDeployment> {
  const deploymentId = deploymentIdFor(action.lifecycleActionToken);
  const deployment = (await recordOf(action, engine)) ?? (await openNew(action, deploymentId, engine));
  return opened(deployment, engine.clock());
}

async function openNew(action: LifecycleAction, deploymentId: string, engine: Engine): Promise<Deployment> {
  const name = action.deploymentGroups[0];
  if (name === undefined) throw new Error(`The hook ${action.lifecycleHookName} names no deployment group`);

  const group = await engine.deploymentGroups.byName(name);
  const decision = await decide(action, deploymentId, name, group, engine);
  const wanted = newRecord(action, deploymentId, name, group, decision, engine.clock());
  const gate = await engine.deployments.open(wanted);
  if (gate === 'exists') return (await recordOf(action, engine)) ?? wanted;
  announce(wanted, engine);
  return wanted;
}

async function decide(
  action: LifecycleAction,
  deploymentId: string,
  name: DeploymentGroupName,
  group: DeploymentGroup | undefined,
  engine: Engine,
): Promise<Decision> {
  const { instanceId, deploymentGroups } = action;
  const host = await meetHost(action, deploymentId, engine);
  if (deploymentGroups.length > 1) {
    const reason = `The hook ${action.lifecycleHookName} names ${deploymentGroups.length} deployment groups; name one`;
    return finish('Failed', safeResult(action), reason);
  }
  return action.type === 'launch'
    ? decideOnLaunch({ instanceId, name, group, leaving: host?.leaving })
    : decideOnTermination({ instanceId, name, group, installed: host?.installed(name) });
}

/**
 * Looks at the host. One that leaves for good is marked before anything else, so that a launch that comes late, or is
 * under way, cannot place another leg. What other work its mailbox holds gives way to this deployment.
 */
async function meetHost(action: LifecycleAction, deploymentId: string, engine: Engine) {
  const host = endsTheInstance(action)
    ? await engine.hosts.leave(action.instanceId, deploymentId)
    : await engine.hosts.byId(action.instanceId);
  const other = host?.leg?.deploymentId;
  const isOvertaken = action.type === 'launch' && host?.leaving !== undefined;
  if (other !== undefined && other !== deploymentId && !isOvertaken) {
    const reason = `The ${action.type} deployment ${deploymentId} to the same instance takes its place`;
    await stopTheWork(other, action.instanceId, { kind: 'Superseded', reason }, engine);
  }
  return host;
}

function newRecord(
  action: LifecycleAction,
  deploymentId: string,
  name: DeploymentGroupName,
  group: DeploymentGroup | undefined,
  decision: Decision,
  nowMs: number,
): Deployment {
  const deadline = deadlineMs(action);
  return {
    deploymentId,
    action,
    group: name,
    openedAt: new Date(nowMs).toISOString(),
    lifecycleEvents: [],
    ...(deadline !== undefined && { deadline: new Date(deadline).toISOString() }),
    ...(group?.instanceRoleArn !== undefined && { instanceRoleArn: group.instanceRoleArn }),
    ...(group && {
      ignoreApplicationStopFailures: group.ignoreApplicationStopFailures,
      fileExistsBehavior: group.fileExistsBehavior,
    }),
    ...(decision.kind === 'deploy'
      ? { status: 'InProgress', revision: decision.revision }
      : { status: decision.settlement.status, settlement: decision.settlement }),
  };
}

function announce({ deploymentId, action, group, settlement, deadline }: Deployment, { telemetry }: Engine): void {
  telemetry.info(settlement ? 'nothing to deploy' : 'deployment started', {
    deploymentId,
    type: action.type,
    instanceId: action.instanceId,
    autoScalingGroupName: action.autoScalingGroupName,
    lifecycleHookName: action.lifecycleHookName,
    applicationName: group.applicationName,
    deploymentGroupName: group.deploymentGroupName,
    deadline,
    status: settlement?.status,
    reason: settlement?.reason,
  });
  if (!settlement) telemetry.count('DeploymentsStarted');
  else telemetry.count(settlement.status === 'Failed' ? 'DeploymentsFailed' : 'DeploymentsSkipped');
}

function opened(deployment: Deployment, nowMs: number): OpenedDeployment {
  const { deploymentId, action, settlement, lifecycleEvents } = deployment;
  const { pk, sk } = deploymentKey(deploymentId);
  const waitedSeconds = action.noticedAt === undefined ? 0 : (nowMs - Date.parse(action.noticedAt)) / 1000;
  return {
    decision: settlement ? 'Finish' : 'Deploy',
    deploymentId,
    plan: settlement ? [] : planFor(action.type),
    firstHeartbeatInSeconds: firstHeartbeatInSeconds(deploymentId, waitedSeconds),
    tableKey: { pk: { S: pk }, sk: { S: sk } },
    outcome: settlement ? outcomeOf(deployment, settlement, lifecycleEvents) : null,
  };
}
