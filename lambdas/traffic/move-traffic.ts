import type { LifecycleEvent, TrafficEventName } from '../../core/lifecycle-event.ts';
import { targetIdOf, type InPlaceRequest } from '../../core/target-request.ts';
import type { Target } from '../../core/target.ts';
import type { Progress } from '../../core/traffic/judge.ts';
import { lookAgainIn, type PauseSeconds, pauseWhileHeldUp } from '../../core/traffic/pace.ts';
import { eventsSoFar } from '../orchestrator/steps/events-so-far.ts';
import { allowTraffic } from './allow-traffic.ts';
import { blockTraffic } from './block-traffic.ts';
import type { Ports } from './ports.ts';
import { surveyTraffic } from './survey-traffic.ts';

/** What the state machine asks for: see `lib/machines/instance-deployment/traffic-states.ts`. */
export interface MoveTrafficRequest {
  readonly request: InPlaceRequest;
  readonly event: TrafficEventName;
  readonly stepNumber: number;
}

/** How one kind of move goes on: it asks for what has not been asked for, and looks how far it is. */
export interface Move {
  readonly limitSeconds: number;
  advance(target: Target, ports: Ports): Promise<Progress>;
  pauseSeconds(target: Target, elapsedSeconds: number): PauseSeconds;
}

const MOVES: Readonly<Record<TrafficEventName, Move>> = { BlockTraffic: blockTraffic, AllowTraffic: allowTraffic };

/** An error that the state machine catches by name: the record says what went wrong, or who stopped the work. */
class TrafficNotMoved extends Error {
  override readonly name = 'TrafficNotMoved';
}

/** Not a fault: an error by whose name the state machine calls again after a pause. */
class LookAgain extends Error {
  override readonly name: string;
  constructor(pause: PauseSeconds, waitsFor: string) {
    super(waitsFor);
    this.name = lookAgainIn(pause);
  }
}

/**
 * Takes a host out of its traffic, or gives it back: one look at the load balancers, and the calls that are still due.
 * Whatever was found and begun is on the target's record, so that a call that comes again, late or after a crash goes
 * on from there.
 * @throws LookAgain until load balancers have an answer, TrafficNotMoved
 */
export async function moveTraffic(step: MoveTrafficRequest, ports: Ports): Promise<{ readonly status: 'Succeeded' }> {
  const target = await begun(step, ports);
  const event = target.lifecycleEvents.at(-1);
  if (target.stop || target.settlement) return giveUp(step, target, ports);
  if (event?.status === 'Failed') throw new TrafficNotMoved(event.diagnostics?.message);
  if (event?.status === 'Succeeded' || event?.lifecycleEventName !== step.event) return { status: 'Succeeded' };

  const move = MOVES[step.event];
  const progress = await move.advance(target, ports);
  const elapsedSeconds = (ports.clock() - Date.parse(event.startTime ?? '')) / 1000;
  const isLate = elapsedSeconds > move.limitSeconds;
  switch (progress.kind) {
    case 'done':
      if (step.event === 'AllowTraffic') await ports.hosts.forgetRegistrations(target.instanceId);
      await end(step, target, ports);
      return { status: 'Succeeded' };
    case 'underWay':
      if (isLate) return fail(step, target, `${progress.waitsFor} after ${move.limitSeconds / 60} minutes`, ports);
      throw new LookAgain(
        progress.isHeldUp ? pauseWhileHeldUp(elapsedSeconds) : move.pauseSeconds(target, elapsedSeconds),
        progress.waitsFor,
      );
    case 'failed':
      return fail(step, target, progress.reason, ports);
  }
}

/** The target, with the step on its record: put there by this call or by an earlier one. */
async function begun(step: MoveTrafficRequest, ports: Ports): Promise<Target> {
  const id = targetIdOf(step.request);
  const [target, host] = await Promise.all([ports.targets.byId(id), ports.hosts.byId(id.instanceId)]);
  if (!target) throw new Error(`Deployment ${id.deploymentId} to ${id.instanceId} was never opened`);
  if ((target.legNumber ?? 0) >= step.stepNumber || target.stop || target.settlement) return target;

  const survey = target.traffic ?? (await surveyTraffic(target, host, ports));
  if (!('kind' in survey) && step.event === 'BlockTraffic') {
    await ports.hosts.keepRegistrations(id.instanceId, survey.registrations);
  }
  const before = eventsSoFar(target, host);
  const startTime = new Date(ports.clock()).toISOString();
  const event: LifecycleEvent = { lifecycleEventName: step.event, status: 'Unknown', startTime };
  const begins = { stepNumber: step.stepNumber, lifecycleEvents: [...before, event] };
  const outcome = await ports.targets.beginTraffic(id, 'kind' in survey ? begins : { ...begins, traffic: survey });
  const now = outcome === 'refused' ? await ports.targets.byId(id) : outcome;
  if ('kind' in survey && outcome !== 'refused') return fail(step, outcome, survey.reason, ports);
  if (!now) throw new Error(`The record of deployment ${id.deploymentId} to ${id.instanceId} is gone`);
  return now;
}

/**
 * Somebody stopped the work. A host that is superseded leaves for good: Auto Scaling has drained it, perhaps in between
 * our look at the record and the registration, and would not take it out a second time.
 */
async function giveUp({ event }: MoveTrafficRequest, target: Target, { targetGroups }: Ports): Promise<never> {
  const leaves = target.stop?.kind === 'Superseded' || target.stop?.kind === 'HostGone';
  if (event === 'AllowTraffic' && leaves && target.traffic) {
    await targetGroups.deregister(target.instanceId, target.traffic.registrations);
  }
  throw new TrafficNotMoved(target.stop?.reason ?? 'The deployment is over');
}

async function fail(step: MoveTrafficRequest, target: Target, message: string, ports: Ports): Promise<never> {
  await end(step, target, ports, message);
  throw new TrafficNotMoved(message);
}

/** Writes how the event went. Who is refused comes late: another call ended it, or somebody stopped the work. */
async function end(step: MoveTrafficRequest, target: Target, ports: Ports, failure?: string): Promise<void> {
  const { targets, telemetry, clock } = ports;
  const id = targetIdOf(step.request);
  const [event, ...before] = target.lifecycleEvents.toReversed();
  const ended: LifecycleEvent = {
    lifecycleEventName: step.event,
    status: failure === undefined ? 'Succeeded' : 'Failed',
    ...(event?.startTime !== undefined && { startTime: event.startTime }),
    endTime: new Date(clock()).toISOString(),
    diagnostics: {
      errorCode: failure === undefined ? 'Success' : 'UnknownError',
      scriptName: '',
      message: failure ?? 'Succeeded',
      logTail: '',
    },
  };
  const lifecycleEvents = [...before.toReversed(), ended];
  if ((await targets.endTraffic(id, { stepNumber: step.stepNumber, lifecycleEvents })) === 'refused') return;
  telemetry.info('traffic moved', { ...id, event: step.event, status: ended.status, reason: failure });
}
