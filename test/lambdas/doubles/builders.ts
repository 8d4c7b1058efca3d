import type { Installation } from '../../../adapters/table/hosts.ts';
import type { DeploymentGroup } from '../../../core/deployment-group.ts';
import { deploymentIdFor } from '../../../core/identifiers.ts';
import type { LifecycleAction } from '../../../core/lifecycle-action.ts';
import { type Leg, newLeg } from '../../../core/mailbox/leg.ts';
import type { Revision } from '../../../core/revision.ts';
import { type InPlaceRequest, targetIdOf } from '../../../core/target-request.ts';
import type { Target } from '../../../core/target.ts';

export const WEB_FLEET = { applicationName: 'web', deploymentGroupName: 'web-fleet' };
export const REVISION_ONE = aRevision('web-1.zip');
export const REVISION_TWO = aRevision('web-2.zip');
export const DECLARED_BY = { stackId: 'arn:aws:cloudformation:…:stack/web/1', logicalResourceId: 'WebFleet' };

export function aRevision(key: string): Revision {
  return { RevisionType: 'S3', S3Location: { Bucket: 'revisions', Key: key, BundleType: 'zip' } };
}

export function aDeploymentGroup(changes: Partial<DeploymentGroup> = {}): DeploymentGroup {
  return {
    ...WEB_FLEET,
    revision: REVISION_ONE,
    deploysTerminations: true,
    ignoreApplicationStopFailures: false,
    fileExistsBehavior: 'DISALLOW',
    ...changes,
  };
}

/** A group whose template names no revision. */
export function anUndeclaredGroup(): DeploymentGroup {
  const { applicationName, deploymentGroupName, ...rest } = aDeploymentGroup();
  return {
    applicationName,
    deploymentGroupName,
    deploysTerminations: rest.deploysTerminations,
    ignoreApplicationStopFailures: rest.ignoreApplicationStopFailures,
    fileExistsBehavior: rest.fileExistsBehavior,
  };
}

export function aLaunch(changes: Partial<LifecycleAction> = {}): LifecycleAction {
  return {
    type: 'launch',
    instanceId: 'i-0a1b2c3d4e5f60718',
    autoScalingGroupName: 'web-blue',
    lifecycleHookName: 'slipway-launch',
    lifecycleActionToken: '5b7a4c0e-2a77-4b0e-8f7b-0f2a9a4f6d10',
    deploymentGroups: [WEB_FLEET],
    noticedAt: '2026-05-04T11:59:58.000Z',
    ...changes,
  };
}

export function aTermination(changes: Partial<LifecycleAction> = {}): LifecycleAction {
  return aLaunch({
    type: 'termination',
    lifecycleHookName: 'slipway-termination',
    lifecycleActionToken: 'c0ffee00-2a77-4b0e-8f7b-0f2a9a4f6d10',
    ...changes,
  });
}

export function anInPlaceRequest(changes: Partial<InPlaceRequest> = {}): InPlaceRequest {
  return {
    type: 'in-place',
    deploymentId: 'd-INPLACE00',
    instanceId: 'i-0a1b2c3d4e5f60718',
    ...WEB_FLEET,
    revision: REVISION_TWO,
    ...changes,
  };
}

export function aTarget(changes: Partial<Target> = {}): Target {
  const request = changes.request ?? aLaunch();
  return {
    ...targetIdOf(request),
    request,
    group: WEB_FLEET,
    status: 'InProgress',
    openedAt: '2026-05-04T12:00:00.000Z',
    lifecycleEvents: [],
    revision: REVISION_ONE,
    ...changes,
  };
}

/** What an earlier deployment left on a host. */
export function anInstallation(revision: Revision): Installation {
  return { group: WEB_FLEET, revision, at: '2026-05-03T12:00:00.000Z' };
}

export function aLeg(changes: Partial<Leg> = {}): Leg {
  const leg = newLeg(
    {
      deploymentId: deploymentIdFor(aLaunch().lifecycleActionToken),
      legNumber: 1,
      events: ['ApplicationStop', 'DownloadBundle', 'BeforeInstall', 'Install'],
      toleratedFailures: [],
    },
    Date.parse('2026-05-04T12:00:00.000Z'),
  );
  return { ...leg, ...changes };
}
