import type { Host } from '../../../adapters/table/hosts.ts';
import type { Surroundings } from '../../../adapters/table/surroundings.ts';
import type { DeploymentGroup } from '../../../core/deployment-group.ts';
import { inWarmPool } from '../../../core/decide-in-place.ts';
import type { LifecycleEvent } from '../../../core/lifecycle-event.ts';
import { type Leg, legOutcome, type LegOutcome } from '../../../core/mailbox/leg.ts';
import { stateOfTarget } from '../../../core/fleet/target-standing.ts';
import type { TargetState } from '../../../core/fleet/target-state.ts';
import { planOf, withSkippedEvents } from '../../../core/plan.ts';
import { type Revision, sameRevision } from '../../../core/revision.ts';
import { decideSettlement, type ExecutionError } from '../../../core/settlement.ts';
import { type SettledTarget, type Target, type TargetOutcome, outcomeOf } from '../../../core/target.ts';
import { whatStaysBlocked } from '../../../core/traffic/traffic.ts';
import { isLifecycleAction, isShared, placeOf, targetIdOf, type TargetRequest } from '../../../core/target-request.ts';
import type { Engine } from '../../engine.ts';
import { giveCapacityBack } from '../../standby/give-capacity-back.ts';
import { announceSettlement } from './announce-settlement.ts';
import { emptyMailbox } from './empty-mailbox.ts';
import { eventsSoFar, ownLeg } from './events-so-far.ts';
import { isFleetOver, releasePlace, TURN_NEVER_CAME } from './place-in-fleet.ts';
import { ownRecord } from './record-of.ts';
import { recordUnopened, unopened } from './record-unopened.ts';

/**
 * Writes the verdict on a target whose work is over, and what it leaves behind: the revision that the host and the
 * group now run, an empty mailbox. Repeated, it finds the verdict and leaves the same behind.
 * @param error what broke the execution, if anything did
 */
export async function settleDeployment(
  request: TargetRequest,
  error: ExecutionError | undefined,
  engine: Engine,
): Promise<TargetOutcome> {
  const around = await engine.surroundings.of(request);
  const target = await settled(request, around, error, engine);
  await leaveBehind(target, around.group, engine);
  await engine.launches.settled(target, around.group);
  await engine.notifications.ofTarget(target, around.group);
  await releasePlace(target, around, engine);
  await giveBackUnlessFleetWill(target, engine);
  return outcomeOf(target, target.settlement, target.lifecycleEvents);
}

async function settled(
  request: TargetRequest,
  around: Surroundings,
  error: ExecutionError | undefined,
  engine: Engine,
): Promise<SettledTarget> {
  const found = ownRecord(request, around.target);
  const { host } = around;
  if (!found) return settleUnopened(request, around, error, engine);
  if (isSettled(found)) return found;

  const target = await excusedIfLeaving(found, host, engine);
  const lifecycleEvents = withSkippedEvents(planOf(target), eventsSoFar(target, host));
  const legOutcome = outcomeOfWork(target, ownLeg(target, host));
  // Of several deployments, what broke the way to the next is no failure of one that went well.
  const isDone = isShared(request) && legOutcome === 'Succeeded';
  const work = { stop: target.stop, error: isDone ? undefined : error, legOutcome, lifecycleEvents };
  const verdictOnWork = decideSettlement(request, work);
  const blocked = whatStaysBlocked({ ...target, lifecycleEvents });
  const settlement = blocked ? { ...verdictOnWork, reason: `${verdictOnWork.reason}. ${blocked}` } : verdictOnWork;
  const verdict = await engine.targets.settle(target, settlement, lifecycleEvents);
  if (verdict === 'refused') return settledMeanwhile(request, engine);
  announceSettlement(request, settlement, engine);
  return { ...verdict, settlement };
}

/** What goes wrong on a host that leaves service is no failure of the deployment in place: the host is gone. */
async function excusedIfLeaving(target: Target, host: Host | undefined, { targets }: Engine): Promise<Target> {
  const isInVain = outcomeOfWork(target, ownLeg(target, host)) !== 'Succeeded';
  const reason = host && whyOutOfService(host);
  if (reason === undefined || isLifecycleAction(target.request) || target.stop || !isInVain) return target;
  const events = eventsSoFar(target, host);
  return (await targets.stop(target, { kind: 'Superseded', reason }, events, target.legNumber ?? 0)) ?? target;
}

function whyOutOfService({ instanceId, leaving, isInWarmPool }: Host): string | undefined {
  if (leaving !== undefined) return `The instance is being terminated (deployment ${leaving})`;
  return isInWarmPool ? inWarmPool(instanceId) : undefined;
}

/** How the work on a host ended; undefined when it did not get to its end. A leg that goes well is not always the last. */
function outcomeOfWork(target: Target, leg: Leg | undefined): LegOutcome | undefined {
  const outcome = leg && legOutcome(leg);
  const isOver = outcome === 'Failed' || outcome === 'Stopped' || leg?.legNumber === planOf(target).length;
  return isOver ? outcome : undefined;
}

/**
 * The execution broke before it had a record: it gets one that says so. Where its fleet has ended, its turn would never
 * have come, and the fleet ended the execution itself: then nothing is put on record.
 */
async function settleUnopened(
  request: TargetRequest,
  around: Surroundings,
  error: ExecutionError | undefined,
  engine: Engine,
): Promise<SettledTarget> {
  const turnNeverCame = isFleetOver(around);
  const settlement = turnNeverCame ? TURN_NEVER_CAME : decideSettlement(request, { error, lifecycleEvents: NO_EVENTS });
  if (turnNeverCame) return unopened(request, settlement, engine.clock());
  const record = await recordUnopened(request, settlement, engine);
  return record === 'exists' ? settledMeanwhile(request, engine) : record;
}

async function settledMeanwhile(request: TargetRequest, { targets }: Engine): Promise<SettledTarget> {
  const id = targetIdOf(request);
  const target = await targets.byId(id);
  if (target && isSettled(target)) return target;
  throw new Error(`Deployment ${id.deploymentId} to ${id.instanceId} changed while it was settled; settle it again`);
}

async function leaveBehind(target: SettledTarget, known: DeploymentGroup | undefined, engine: Engine): Promise<void> {
  const { hosts, deploymentGroups } = engine;
  const { instanceId, request, group, revision, settlement, settledAt = target.openedAt } = target;
  if (settlement.status === 'Succeeded' && request.type !== 'termination' && revision) {
    const news = await hosts.remember(instanceId, { group, revision, at: settledAt });
    // What a whole fleet runs is known at its end only.
    const isForGroup = news === 'remembered' && !placeOf(request);
    // Mostly it is none; where it may be, what the group is like now decides.
    const deployed = { ...target, revision };
    const mayBeNews = isForGroup && known !== undefined && isNewsForGroup(deployed, known);
    const now = mayBeNews ? await deploymentGroups.byName(group) : undefined;
    if (now && isNewsForGroup(deployed, now)) await deploymentGroups.remember(group, revision);
  }
  // A host that was worked on in vain comes first in the next deployment. One that left in the middle of it may only
  // have gone to the warm pool, and comes back with what was done to its disk.
  const isInVain = request.type !== 'termination' && revision !== undefined && IN_VAIN.includes(stateOfTarget(target));
  if (isInVain) await hosts.noteFailure(instanceId, { group, at: settledAt });
  await emptyMailbox(target, engine);
}

/**
 * Whether a success on one host says what the group runs. A launch that began before a deployment to the whole fleet
 * succeeded must not undo that, and the revision of one that is still under way is not proven.
 */
type Deployed = Target & { readonly revision: Revision };

function isNewsForGroup({ request, revision, inFlightOf }: Deployed, known: DeploymentGroup): boolean {
  if (inFlightOf !== undefined || sameRevision(revision, known.lastSuccessfulRevision)) return false;
  if (request.type !== 'launch' || known.lastSuccessfulRevision === undefined) return true;
  return !known.isRolledOut && sameRevision(revision, known.revision);
}

const IN_VAIN: readonly TargetState[] = ['Failed', 'Unreachable', 'GoneDuring'];

/**
 * What a host that stands by took from its Auto Scaling group is given back when nobody comes for it: at once, where it
 * was deployed to alone, or its fleet has ended without waiting for it. Else a rollback may, and the end of the fleet decides.
 */
async function giveBackUnlessFleetWill(target: Target, engine: Engine): Promise<void> {
  const { deploymentId, request, group, instanceId, traffic } = target;
  if (traffic?.standbyIn === undefined) return;
  const place = placeOf(request);
  if (place && !(await engine.fleets.places(place.deploymentId))?.isOver) return;
  const rollout = await engine.rollouts.of(group);
  if (rollout && rollout.deploymentId !== deploymentId) return; // called late: the host stands by for that one now
  await giveCapacityBack(traffic.standbyIn, [instanceId], engine);
}

function isSettled(target: Target): target is SettledTarget {
  return target.settlement !== undefined;
}

const NO_EVENTS: readonly LifecycleEvent[] = [];
