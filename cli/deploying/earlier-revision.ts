import {
  BatchGetDeploymentsCommand,
  GetDeploymentGroupCommand,
  paginateListDeployments,
} from '@aws-sdk/client-codedeploy';
import type { CodeDeployClient, DeploymentInfo, RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { DeploymentGroupName } from '../../core/names.ts';
import { CommandError } from '../command.ts';
import { describeRevision, isSameRevision } from './describe-revision.ts';

/** Most that BatchGetDeployments takes. */
const BATCH = 25;

/** Deployments to one host that Auto Scaling asked for repeat a revision; none was ever chosen by them. */
const OF_AUTO_SCALING: ReadonlySet<string> = new Set(['autoscaling', 'autoscalingTermination']);

export interface EarlierRevision {
  readonly current: RevisionLocation;
  readonly revision: RevisionLocation;
  /** The deployment that brought it to the group. */
  readonly deploymentId: string;
}

/**
 * The revision that a group last deployed with success before the one that it is meant to run now.
 * @throws CommandError when there is none
 */
export async function earlierRevision(client: CodeDeployClient, group: DeploymentGroupName): Promise<EarlierRevision> {
  const { deploymentGroupInfo } = await client.send(new GetDeploymentGroupCommand({ ...group }));
  const current = deploymentGroupInfo?.targetRevision;
  if (!current)
    throw new CommandError(`nothing was ever deployed to ${describe(group)}: there is nothing to go back to`);
  for await (const { deploymentId, revision, creator } of successes(client, group)) {
    if (!deploymentId || !revision || OF_AUTO_SCALING.has(creator ?? '')) continue;
    if (!isSameRevision(revision, current)) return { current, revision, deploymentId };
  }
  throw new CommandError(
    `there is nothing to go back to: no deployment to ${describe(group)} succeeded with another revision than ${describeRevision(current)}`,
  );
}

/** Newest first. */
async function* successes(client: CodeDeployClient, group: DeploymentGroupName): AsyncIterable<DeploymentInfo> {
  const pages = paginateListDeployments({ client }, { ...group, includeOnlyStatuses: ['Succeeded'] });
  for await (const { deployments = [] } of pages) {
    for (let at = 0; at < deployments.length; at += BATCH) {
      const deploymentIds = deployments.slice(at, at + BATCH);
      const { deploymentsInfo = [] } = await client.send(new BatchGetDeploymentsCommand({ deploymentIds }));
      const byId = new Map(deploymentsInfo.map((each) => [each.deploymentId, each]));
      for (const id of deploymentIds) yield byId.get(id) ?? {};
    }
  }
}

function describe({ applicationName, deploymentGroupName }: DeploymentGroupName): string {
  return `${applicationName}/${deploymentGroupName}`;
}
