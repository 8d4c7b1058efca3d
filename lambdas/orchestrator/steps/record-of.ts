import type { Target } from '../../../core/target.ts';
import { isLifecycleAction, targetIdOf, type TargetRequest } from '../../../core/target-request.ts';
import type { Engine } from '../../engine.ts';

/**
 * The host is already a target of a deployment of this id, for another reason. A lifecycle action's id holds 46 bits of
 * its token, so this is about as likely as a lost disk, and must not give one action the verdict on another: it ends the
 * safe way, a launch with ABANDON, and the replacement has another token.
 */
class DeploymentIdTaken extends Error {
  override readonly name = 'DeploymentIdTaken';
}

/**
 * The record of the target that a request is about, if it has been opened.
 * @throws DeploymentIdTaken when the record is another request's
 */
export async function recordOf(
  request: TargetRequest,
  { targets }: Pick<Engine, 'targets'>,
): Promise<Target | undefined> {
  return ownRecord(request, await targets.byId(targetIdOf(request)));
}

/** The same, of a record that has been read. @throws DeploymentIdTaken */
export function ownRecord(request: TargetRequest, target: Target | undefined): Target | undefined {
  if (target === undefined || tokenOf(target.request) === tokenOf(request)) return target;
  throw new DeploymentIdTaken(
    `The deployment id ${target.deploymentId} of the ${request.type} of ${request.instanceId} ` +
      `is already that of its ${target.request.type}`,
  );
}

/** What tells two requests for the same target apart: deployments in place have ids of their own making. */
function tokenOf(request: TargetRequest): string | undefined {
  return isLifecycleAction(request) ? request.lifecycleActionToken : undefined;
}
