import type { Host } from '../../../adapters/table/hosts.ts';
import type { Surroundings } from '../../../adapters/table/surroundings.ts';
import { decideInPlace } from '../../../core/decide-in-place.ts';
import { decideOnLaunch, type Decision } from '../../../core/decide-on-launch.ts';
import { decideOnTermination } from '../../../core/decide-on-termination.ts';
import {
  endsTheInstance,
  entersWarmPool,
  leavesWarmPool,
  type LifecycleAction,
} from '../../../core/lifecycle-action.ts';
import type { DeploymentGroupName } from '../../../core/names.ts';
import type { Revision } from '../../../core/revision.ts';
import { isLifecycleAction, targetIdOf, type TargetRequest } from '../../../core/target-request.ts';
import type { Engine } from '../../engine.ts';
import { stopTheWork } from './stop-the-work.ts';

/** What a request leads to, given its host and its deployment group. */
export async function decide(
  request: TargetRequest,
  name: DeploymentGroupName,
  { host: found, group }: Surroundings,
  engine: Engine,
): Promise<Decision> {
  const { instanceId } = request;
  if (!isLifecycleAction(request)) {
    const trafficSettings = request.trafficSettings ?? group ?? {};
    return decideInPlace({
      request,
      trafficSettings,
      leaving: found?.leaving,
      isInWarmPool: found?.isInWarmPool ?? false,
    });
  }
  const host = await meetHost(request, found, engine);
  if (request.type === 'termination') {
    return decideOnTermination({
      instanceId,
      name,
      group,
      installed: host?.installed(name),
      isWarm: leavesWarmPool(request),
    });
  }
  const rollout = await engine.rollouts.of(name);
  const launchRevision = rollout && (group?.launchRevision ?? (await engine.rollouts.choiceOf(name)));
  const decision = decideOnLaunch({
    instanceId,
    name,
    group,
    leaving: host?.leaving,
    rollout,
    launchRevision,
    prepared: host && preparedFor(request, name, host),
  });
  const isRefused = decision.kind === 'finish' && decision.holdsLaunches;
  if (isRefused) await engine.launches.refused(name, request.autoScalingGroupName);
  return decision;
}

/** What a host from the warm pool can start again as it is. AWS's agent, which has a secret of its own, cannot. */
function preparedFor(action: LifecycleAction, name: DeploymentGroupName, host: Host): Revision | undefined {
  const hasItsDisk = leavesWarmPool(action) && !action.replacesRootVolume;
  return hasItsDisk && !host.hasSecret && host.lastOutcome(name) === 'Succeeded' ? host.installed(name) : undefined;
}

/**
 * Looks at the host. One that leaves for good is marked before anything else, so that a launch that comes late, or work
 * that is under way, cannot place another leg. What other work its mailbox holds gives way to this deployment.
 */
async function meetHost(action: LifecycleAction, found: Host | undefined, engine: Engine): Promise<Host | undefined> {
  const { deploymentId, instanceId } = targetIdOf(action);
  const host = (await markHost(action, deploymentId, engine)) ?? found;
  const other = host?.leg?.deploymentId;
  const isOvertaken = action.type === 'launch' && host?.leaving !== undefined;
  if (other !== undefined && other !== deploymentId && !isOvertaken) {
    const reason = `The ${action.type} deployment ${deploymentId} to the same instance takes its place`;
    await stopTheWork({ deploymentId: other, instanceId }, { kind: 'Superseded', reason }, engine);
  }
  return host;
}

/** @returns the host as it is then; undefined where there is nothing to mark */
async function markHost(
  action: LifecycleAction,
  deploymentId: string,
  { hosts, clock }: Engine,
): Promise<Host | undefined> {
  const { instanceId, noticedAt: at = new Date(clock()).toISOString() } = action;
  if (endsTheInstance(action)) return hosts.leave(instanceId, deploymentId);
  const isInWarmPool = entersWarmPool(action);
  if (!isInWarmPool && !leavesWarmPool(action)) return undefined;
  await hosts.noteWarmPool(instanceId, { isInWarmPool, at });
  return hosts.byId(instanceId);
}
