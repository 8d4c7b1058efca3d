import type { Host } from '../../../adapters/table/hosts.ts';
import type { Deployment } from '../../../core/deployment.ts';
import { deploymentIdFor } from '../../../core/identifiers.ts';
import type { LifecycleAction } from '../../../core/lifecycle-action.ts';
import type { LifecycleEventName } from '../../../core/lifecycle-event.ts';
import { type Leg, legOutcome, newLeg } from '../../../core/mailbox/leg.ts';
import type { Engine } from '../../engine.ts';
import { eventsSoFar, ownLeg } from './events-so-far.ts';
import { stopTheWork } from './stop-the-work.ts';

export interface RunEventsRequest {
  readonly action: LifecycleAction;
  readonly legNumber: number;
  readonly events: readonly LifecycleEventName[];
  readonly taskToken: string;
  /** Step Functions' retry of this state, from 0. */
  readonly attempt: number;
}

/** Another deployment's leg is in the mailbox: it leaves within moments, and the state is tried again. */
export class HostIsBusy extends Error {
  override readonly name = 'HostIsBusy';
}

/**
 * Puts a leg into the host's mailbox and leaves the token that its end answers. Repeated for the same leg, it keeps
 * the leg and renews the token.
 */
export async function runEvents(request: RunEventsRequest, engine: Engine): Promise<void> {
  const { action, legNumber, taskToken, attempt } = request;
  const deploymentId = deploymentIdFor(action.lifecycleActionToken);
  const [deployment, host] = await Promise.all([
    engine.deployments.byId(deploymentId),
    engine.hosts.byId(action.instanceId),
  ]);
  if (!deployment) throw new Error(`Deployment ${deploymentId} was never opened`);

  const lifecycleEvents = eventsBefore(deployment, host, legNumber);
  const wait = await engine.deployments.awaitLeg(deploymentId, { legNumber, attempt, taskToken, lifecycleEvents });
  if (wait === 'refused') {
    // Stopped or settled: the lane may go on. If only a newer attempt waits, this token is dead and nobody hears it.
    await engine.taskTokens.answer(taskToken, { status: 'Stopped' });
    return;
  }
  const leg = newLeg(legOf(deployment, request), engine.clock());
  const placed = await engine.hosts.placeLeg(action.instanceId, leg, action.type);
  if (placed === 'refused') await joinOrGiveWay(deployment, request, engine);
  engine.telemetry.info('leg placed', { deploymentId, instanceId: action.instanceId, legNumber, attempt });
}

/** Events of the legs before this one; the last of them is still in the mailbox. */
function eventsBefore(deployment: Deployment, host: Host | undefined, legNumber: number) {
  const isOver = (ownLeg(deployment, host)?.legNumber ?? legNumber) < legNumber;
  return isOver ? eventsSoFar(deployment, host) : deployment.lifecycleEvents;
}

function legOf(deployment: Deployment, { legNumber, events }: RunEventsRequest) {
  const roleName = deployment.instanceRoleArn?.split('/').at(-1);
  return {
    deploymentId: deployment.deploymentId,
    legNumber,
    events,
    toleratedFailures: deployment.ignoreApplicationStopFailures ? (['ApplicationStop'] as const) : [],
    ...(roleName !== undefined && { instanceRoleName: roleName }),
  } satisfies Partial<Leg>;
}

/** The mailbox did not take the leg: an earlier attempt placed it, or the host has other plans. */
async function joinOrGiveWay(deployment: Deployment, request: RunEventsRequest, engine: Engine): Promise<void> {
  const { deploymentId, action } = deployment;
  const host = await engine.hosts.byId(action.instanceId);
  const leg = ownLeg(deployment, host);
  if (leg) {
    const status = legOutcome(leg);
    if (leg.legNumber === request.legNumber && status) await engine.taskTokens.answer(request.taskToken, { status });
    return;
  }
  if (action.type === 'launch' && host?.leaving !== undefined) {
    const reason = `The instance is being terminated (deployment ${host.leaving})`;
    await stopTheWork(deploymentId, action.instanceId, { kind: 'Superseded', reason }, engine);
    return;
  }
  throw new HostIsBusy(`${action.instanceId} still has work of deployment ${host?.leg?.deploymentId ?? 'unknown'}`);
}
