import { cutShort } from '../../../core/mailbox/cut-short.ts';
import type { Stop } from '../../../core/target.ts';
import { stopTheWork } from '../../orchestrator/steps/stop-the-work.ts';
import type { FleetEngine } from '../fleet-engine.ts';
import { standingsOf } from './standings-of.ts';

/** Lets no further lifecycle event of a deployment begin. Those that hosts run may end. */
export async function windDown(deploymentId: string, reason: string, engine: FleetEngine): Promise<void> {
  const inProgress = (await standingsOf(deploymentId, engine)).filter(({ status }) => status === 'InProgress');
  const stop: Stop = { kind: 'DeploymentStopped', reason };
  for (let start = 0; start < inProgress.length; start += HOSTS_AT_ONCE) {
    const some = inProgress.slice(start, start + HOSTS_AT_ONCE);
    await Promise.all(some.map(({ instanceId }) => windDownTarget({ deploymentId, instanceId }, stop, engine)));
  }
}

async function windDownTarget(
  id: { readonly deploymentId: string; readonly instanceId: string },
  stop: Stop,
  engine: FleetEngine,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const leg = (await engine.hosts.byId(id.instanceId))?.leg;
    // Between two legs nothing runs: the next one asks whether it may begin.
    if (leg?.deploymentId !== id.deploymentId) return;
    const after = cutShort(leg);
    if (after === 'unchanged') return;
    if (after === 'idle') return void (await stopTheWork(id, stop, engine));
    if ((await engine.hosts.changeLeg(id.instanceId, leg, after)) === 'changed') return;
  }
  throw new Error(`The work on ${id.instanceId} goes on too fast to be stopped; try again`);
}

const HOSTS_AT_ONCE = 50;

/** A host moves on between reading and writing a few times at most. */
const TRIES = 5;
