import type { Answer } from './fake-aws.ts';

export const DEPLOYMENT_ID = 'd-ABCDEF123';

const seconds = (text: string): number => Date.parse(`2026-05-04T${text}Z`) / 1000;

/** A deployment as GetDeployment answers it. */
export function aDeployment(members: object = {}): { deploymentInfo: object } {
  return {
    deploymentInfo: {
      deploymentId: DEPLOYMENT_ID,
      applicationName: 'web',
      deploymentGroupName: 'web-fleet',
      deploymentConfigName: 'CodeDeployDefault.OneAtATime',
      status: 'Succeeded',
      creator: 'user',
      createTime: seconds('12:00:00'),
      completeTime: seconds('12:01:00'),
      revision: { revisionType: 'S3', s3Location: { bucket: 'revisions', key: 'web/2.zip', bundleType: 'zip' } },
      deploymentOverview: { Pending: 0, InProgress: 0, Succeeded: 1, Failed: 0, Skipped: 0, Ready: 0 },
      ...members,
    },
  };
}

/** A target as BatchGetDeploymentTargets answers it. */
export function aTarget(targetId: string, members: object = {}): object {
  return {
    deploymentTargetType: 'InstanceTarget',
    instanceTarget: {
      deploymentId: DEPLOYMENT_ID,
      targetId,
      status: 'Succeeded',
      lastUpdatedAt: seconds('12:00:40'),
      lifecycleEvents: [anEvent('ApplicationStop'), anEvent('ApplicationStart')],
      ...members,
    },
  };
}

/** A lifecycle event of two seconds. */
export function anEvent(lifecycleEventName: string, members: object = {}): object {
  return {
    lifecycleEventName,
    status: 'Succeeded',
    startTime: seconds('12:00:30'),
    endTime: seconds('12:00:32'),
    ...members,
  };
}

/** A lifecycle event whose script ended badly, and said why. */
export function aFailedEvent(lifecycleEventName: string): object {
  return anEvent(lifecycleEventName, {
    status: 'Failed',
    diagnostics: {
      errorCode: 'ScriptFailed',
      scriptName: 'scripts/start.sh',
      message: 'Script at specified location: scripts/start.sh failed with exit code 1',
      logTail: '[stdout] starting\n[stderr] no such port\n',
    },
  });
}

/** Deployments with these targets. */
export function targets(all: Readonly<Record<string, object>>): Readonly<Record<string, Answer>> {
  return {
    ListDeploymentTargets: () => ({ targetIds: Object.keys(all) }),
    BatchGetDeploymentTargets: ({ targetIds }) => ({
      deploymentTargets: (targetIds as string[]).map((id) => all[id]),
    }),
  };
}
