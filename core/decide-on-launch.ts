import { type DeploymentGroup, describeGroup } from './deployment-group.ts';
import { type LaunchRevision, nextRevision, type Rollout } from './fleet/launch-revision.ts';
import type { LifecycleActionResult } from './lifecycle-action.ts';
import type { DeploymentGroupName } from './names.ts';
import { type Revision, sameRevision } from './revision.ts';
import type { Settlement } from './target.ts';
import type { TrafficControl } from './traffic/traffic-control.ts';

/** What a request leads to: a deployment, or an end at once with its reason. */
export type Decision =
  | {
      readonly kind: 'deploy';
      readonly revision: Revision;
      readonly trafficControl?: TrafficControl;
      /** The host has the revision already: it only has to be started. */
      readonly isInstalled?: true;
      /** Why it is another revision than people would expect. */
      readonly because?: string;
      /** See `NextRevision`. */
      readonly inFlightOf?: string;
    }
  | {
      readonly kind: 'finish';
      readonly settlement: Settlement;
      /** No launch of the Auto Scaling group could end otherwise. */
      readonly holdsLaunches?: true;
    };

/** What is known when a launch is noticed. */
export interface Launch {
  readonly instanceId: string;
  readonly name: DeploymentGroupName;
  readonly group: DeploymentGroup | undefined;
  /** Deployment of a termination that overtook the launch, or began while its message waited. */
  readonly leaving: string | undefined;
  /** The deployment that rolls over the group just now. */
  readonly rollout?: Rollout | undefined;
  readonly launchRevision?: LaunchRevision | undefined;
  /** What the host was prepared with in a warm pool, where its agent can start it again as it is. */
  readonly prepared?: Revision | undefined;
}

/** A launch deploys the group's target revision, or what the group has chosen for the time of a rollout, unless launches of it keep failing. */
export function decideOnLaunch(launch: Launch): Decision {
  const { instanceId, name, group, leaving, rollout, launchRevision = 'last-successful', prepared } = launch;
  if (leaving !== undefined) {
    return finish('Skipped', 'ABANDON', `${instanceId} is already being terminated (deployment ${leaving})`);
  }
  if (!group) return finish('Failed', 'ABANDON', unknownGroup(name));
  const next = nextRevision(group, rollout, launchRevision);
  if (next.kind === 'held') {
    const held = finish('Failed', 'ABANDON', `${next.because}: launches are held until there is another revision`);
    return { ...held, holdsLaunches: true };
  }
  if (next.kind === 'none') {
    return finish(
      'Skipped',
      'CONTINUE',
      `The deployment group ${describeGroup(name)} declares no revision and no deployment of it ever succeeded: ` +
        `${instanceId} goes into service as it is`,
    );
  }
  const { revision, because, inFlightOf } = next;
  return {
    kind: 'deploy',
    revision,
    ...(sameRevision(revision, prepared) && { isInstalled: true }),
    ...(because !== undefined && { because }),
    ...(inFlightOf !== undefined && { inFlightOf }),
  };
}

/** Reason for a hook whose deployment group nobody registered, or somebody removed. */
export function unknownGroup(name: DeploymentGroupName): string {
  return (
    `The deployment group ${describeGroup(name)} is not registered: ` +
    'deploy the stack that declares it, or remove the lifecycle hook that names it'
  );
}

/** An end without a deployment. */
export function finish(
  status: 'Failed' | 'Skipped',
  lifecycleActionResult: LifecycleActionResult | null,
  reason: string,
): Extract<Decision, { kind: 'finish' }> {
  return { kind: 'finish', settlement: { status, lifecycleActionResult, reason } };
}
