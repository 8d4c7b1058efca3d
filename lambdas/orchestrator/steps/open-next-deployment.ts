import { verdictOn } from '../../../core/shared-action.ts';
import { isShared, type TargetRequest } from '../../../core/target-request.ts';
import type { Engine } from '../../engine.ts';
import { openDeployment, type OpenedDeployment } from './open-deployment.ts';
import { type Progress, progressAt, skipBehind, whatEndedBadly } from './several-deployments.ts';
import { settleDeployment } from './settle-deployment.ts';

/**
 * Opens the first deployment of a request that has something to do. Behind one that does not end well, none begins any
 * more. Repeated, it comes to the same deployment while that is in progress.
 */
export async function openFirstDeployment(request: TargetRequest, engine: Engine): Promise<OpenedDeployment> {
  if (isShared(request)) await engine.sharedActions.open(request);
  return openNext(await progressAt(request, undefined, engine), engine);
}

/**
 * Settles one of several deployments, and opens the next that has something to do.
 * @param deploymentId which one: when a call is repeated, another may be at work by now
 */
export async function goOnToNext(
  request: TargetRequest,
  deploymentId: string,
  engine: Engine,
): Promise<OpenedDeployment> {
  const {
    outcomes,
    ahead: [current, ...behind],
  } = await progressAt(request, deploymentId, engine);
  if (!current) throw new Error(`${deploymentId} is no deployment`);
  const outcome = await settleDeployment(current, undefined, engine);
  return openNext({ outcomes: [...outcomes, outcome], ahead: behind }, engine);
}

async function openNext({ outcomes: before, ahead }: Progress, engine: Engine): Promise<OpenedDeployment> {
  const outcomes = [...before];
  for (const [index, deployment] of ahead.entries()) {
    const bad = whatEndedBadly(outcomes);
    if (bad) {
      outcomes.push(await skipBehind(bad, deployment, engine));
      continue;
    }
    const opened = await openDeployment(deployment, engine, { hasNext: index + 1 < ahead.length });
    if (opened.decision === 'Deploy') return opened;
    outcomes.push(opened.outcome);
  }
  return { decision: 'Finish', outcome: verdictOn(outcomes) };
}
