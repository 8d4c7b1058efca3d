import type { Host } from '../../../adapters/table/hosts.ts';
import { cutShort } from '../../../core/mailbox/cut-short.ts';
import { currentEvent } from '../../../core/mailbox/leg.ts';
import { planOf } from '../../../core/plan.ts';
import type { TargetId } from '../../../core/target-request.ts';
import type { Stop } from '../../../core/target.ts';
import { eventsSoFar, ownLeg } from '../../orchestrator/steps/events-so-far.ts';
import { stopTheWork } from '../../orchestrator/steps/stop-the-work.ts';
import type { FleetEngine } from '../fleet-engine.ts';
import { standingsOf } from './standings-of.ts';

type Ports = Pick<
  FleetEngine,
  'fleetTargets' | 'hosts' | 'mailboxes' | 'targets' | 'taskTokens' | 'telemetry' | 'clock'
>;

/** Lets no further lifecycle event of a deployment begin. Those that hosts run may end. */
export async function windDown(deploymentId: string, reason: string, engine: Ports): Promise<void> {
  const inProgress = (await standingsOf(deploymentId, engine)).filter(({ status }) => status === 'InProgress');
  const stop: Stop = { kind: 'DeploymentStopped', reason };
  for (let start = 0; start < inProgress.length; start += HOSTS_AT_ONCE) {
    const some = inProgress.slice(start, start + HOSTS_AT_ONCE);
    await Promise.all(some.map(({ instanceId }) => windDownTarget({ deploymentId, instanceId }, stop, engine)));
  }
}

async function windDownTarget(id: TargetId, stop: Stop, engine: Ports): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const host = await engine.hosts.byId(id.instanceId);
    const leg = ownLeg(id, host);
    if (!leg || currentEvent(leg) === undefined) return stopBetweenSteps(id, host, stop, engine);
    const after = cutShort(leg);
    if (after === 'unchanged') return;
    if (after === 'idle') return void (await stopTheWork(id, stop, engine));
    if ((await engine.mailboxes.change(id.instanceId, leg, after)) === 'changed') return;
  }
  throw new Error(`The work on ${id.instanceId} goes on too fast to be stopped; try again`);
}

/** The host runs nothing. What the engine itself does may end; where nothing is left to begin, nothing is to stop. */
async function stopBetweenSteps(id: TargetId, host: Host | undefined, stop: Stop, engine: Ports): Promise<void> {
  const target = await engine.targets.byId(id);
  if (!target) return;
  const events = eventsSoFar(target, host);
  const planned = planOf(target).flatMap((step): readonly string[] => step.events).length;
  const isUnderWay = events.at(-1)?.status === 'Unknown';
  if (!isUnderWay && events.length < planned) await stopTheWork(id, stop, engine);
}

const HOSTS_AT_ONCE = 50;

/** A host moves on between reading and writing a few times at most. */
const TRIES = 5;
