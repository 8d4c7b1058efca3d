import type { Host } from '../../../adapters/table/hosts.ts';
import { inWarmPool } from '../../../core/decide-in-place.ts';
import type { LifecycleEventName } from '../../../core/lifecycle-event.ts';
import { type Leg, legOutcome, newLeg } from '../../../core/mailbox/leg.ts';
import { isSilent } from '../../../core/mailbox/silence.ts';
import { targetIdOf, type TargetRequest } from '../../../core/target-request.ts';
import type { Target } from '../../../core/target.ts';
import type { Engine } from '../../engine.ts';
import { eventsSoFar, ownLeg } from './events-so-far.ts';
import { isFleetCutShort } from './place-in-fleet.ts';
import { stopTheWork } from './stop-the-work.ts';

export interface RunEventsRequest {
  readonly request: TargetRequest;
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
export async function runEvents(wanted: RunEventsRequest, engine: Engine): Promise<void> {
  const { request, legNumber, taskToken, attempt } = wanted;
  const id = targetIdOf(request);
  const around = await engine.surroundings.of(request);
  const { target, host } = around;
  if (!target) throw new Error(`Deployment ${id.deploymentId} to ${id.instanceId} was never opened`);

  const lifecycleEvents = eventsBefore(target, host, legNumber);
  if (isFleetCutShort(around)) {
    const reason = 'The deployment was stopped before the lifecycle events that were left';
    await engine.targets.stop(id, { kind: 'DeploymentStopped', reason }, lifecycleEvents);
  }
  const wait = await engine.targets.awaitLeg(id, { legNumber, attempt, taskToken, lifecycleEvents });
  if (wait === 'refused') {
    // Stopped or settled: the lane may go on. If only a newer attempt waits, this token is dead and nobody hears it.
    await engine.taskTokens.answer(taskToken, { status: 'Stopped' });
    return;
  }
  const leg = newLeg(legOf(target, wanted), engine.clock());
  const placed = await engine.mailboxes.place(id.instanceId, leg, request.type);
  if (placed === 'refused') await joinOrGiveWay(target, wanted, engine);
  engine.telemetry.info('leg placed', { ...id, legNumber, attempt });
}

/** Events of the legs before this one; the last of them is still in the mailbox. */
function eventsBefore(target: Target, host: Host | undefined, legNumber: number) {
  const isOver = (ownLeg(target, host)?.legNumber ?? legNumber) < legNumber;
  return isOver ? eventsSoFar(target, host) : target.lifecycleEvents;
}

/** Their scripts are those of the previous revision, whose faults may be what the deployment is to mend. */
const OF_THE_PREVIOUS_REVISION: readonly LifecycleEventName[] = [
  'ApplicationStop',
  'BeforeBlockTraffic',
  'AfterBlockTraffic',
];

function legOf(target: Target, { legNumber, events }: RunEventsRequest) {
  const roleName = target.instanceRoleArn?.split('/').at(-1);
  return {
    deploymentId: target.deploymentId,
    legNumber,
    events,
    toleratedFailures: target.ignoreApplicationStopFailures
      ? OF_THE_PREVIOUS_REVISION.filter((name) => events.includes(name))
      : [],
    ...(roleName !== undefined && { instanceRoleName: roleName }),
    ...(target.silenceLimitSeconds !== undefined && {
      silenceLimitSeconds: target.silenceLimitSeconds,
    }),
  } satisfies Partial<Leg>;
}

/** What a host was at when its deployment ended leaves with its report. One that is silent sends none. */
async function withdrawIfAbandoned(host: Host | undefined, { mailboxes, targets, clock }: Engine): Promise<void> {
  if (!host?.leg || !isSilent(host.leg, clock())) return;
  const { instanceId, leg } = host;
  const other = await targets.byId({ deploymentId: leg.deploymentId, instanceId });
  if (!other || other.settlement) await mailboxes.withdraw(instanceId, leg.deploymentId);
}

/** The mailbox did not take the leg: an earlier attempt placed it, or the host has other plans. */
async function joinOrGiveWay(target: Target, wanted: RunEventsRequest, engine: Engine): Promise<void> {
  const { instanceId, request } = target;
  const host = await engine.hosts.byId(instanceId);
  const leg = ownLeg(target, host);
  if (leg) {
    const status = legOutcome(leg);
    if (leg.legNumber === wanted.legNumber && status) await engine.taskTokens.answer(wanted.taskToken, { status });
    return;
  }
  if (request.type !== 'termination' && host?.leaving !== undefined) {
    const reason = `The instance is being terminated (deployment ${host.leaving})`;
    await stopTheWork(target, { kind: 'Superseded', reason }, engine);
    return;
  }
  if (request.type === 'in-place' && host?.isInWarmPool) {
    await stopTheWork(target, { kind: 'Superseded', reason: inWarmPool(instanceId) }, engine);
    return;
  }
  await withdrawIfAbandoned(host, engine);
  throw new HostIsBusy(`${instanceId} still has work of deployment ${host?.leg?.deploymentId ?? 'unknown'}`);
}
