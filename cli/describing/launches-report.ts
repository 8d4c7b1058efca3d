import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import { describeRevision } from '../deploying/describe-revision.ts';

/** How the launches of a deployment group stand, as the engine tells it. */
export interface LaunchesInfo {
  /** What launching hosts get; missing where there is nothing, or launches are held. */
  readonly revision?: RevisionLocation;
  /** Why it is that, where people would expect something else. */
  readonly because?: string;
  readonly heldAutoScalingGroups: readonly string[];
  /** Once they were resumed: other deployment groups for which they stay held. */
  readonly stillHeldFor?: readonly { readonly applicationName: string; readonly deploymentGroupName: string }[];
  readonly failingRevisions: readonly {
    readonly revision: RevisionLocation;
    readonly deploymentIds: readonly string[];
    readonly lastFailure: { readonly deploymentId: string; readonly reason: string; readonly logTail?: string };
    readonly withdrawnAt?: string;
  }[];
}

/** What there is to say of launches that fail, in lines; none where all is well. */
export function launchesReport({ revision, because, heldAutoScalingGroups, failingRevisions }: LaunchesInfo): string[] {
  return [
    ...failingRevisions.flatMap(({ revision: failing, deploymentIds, lastFailure, withdrawnAt }) => [
      `  ${describeRevision(failing)}: ${deploymentIds.length} launches in a row failed${withdrawnAt === undefined ? '' : `, launched no more since ${withdrawnAt}`}`,
      `    ${lastFailure.deploymentId}: ${lastFailure.reason}`,
      ...(lastFailure.logTail ?? '')
        .trimEnd()
        .split('\n')
        .filter(Boolean)
        .map((line) => `      ${line}`),
    ]),
    ...(because !== undefined && revision ? [`  new hosts get ${describeRevision(revision)}`] : []),
    ...(heldAutoScalingGroups.length > 0
      ? [`  launches are held in ${heldAutoScalingGroups.join(', ')}: deploy another revision, or slipway resume`]
      : []),
  ];
}
