import {
  BatchGetDeploymentsCommand,
  paginateListApplicationRevisions,
  paginateListApplications,
  paginateListDeploymentGroups,
  paginateListDeployments,
} from '@aws-sdk/client-codedeploy';
import type { CodeDeployClient, DeploymentInfo, RevisionLocation } from '@aws-sdk/client-codedeploy';
import { describeRevision } from '../deploying/describe-revision.ts';

/** Most that BatchGetDeployments takes. */
const BATCH = 25;

/** What was found, as data and as rows of a table. */
export interface Listing {
  readonly items: readonly unknown[];
  readonly rows: readonly (readonly string[])[];
}

export async function listApplications(client: CodeDeployClient): Promise<Listing> {
  const names: string[] = [];
  for await (const page of paginateListApplications({ client }, {})) names.push(...(page.applications ?? []));
  return ofNames(names);
}

export async function listGroups(client: CodeDeployClient, applicationName: string): Promise<Listing> {
  const names: string[] = [];
  const pages = paginateListDeploymentGroups({ client }, { applicationName });
  for await (const page of pages) names.push(...(page.deploymentGroups ?? []));
  return ofNames(names);
}

/** Newest first, where each was ever used; those that never were come last. */
export async function listRevisions(client: CodeDeployClient, applicationName: string): Promise<Listing> {
  const items: RevisionLocation[] = [];
  const pages = paginateListApplicationRevisions(
    { client },
    { applicationName, sortBy: 'lastUsedTime', sortOrder: 'descending' },
  );
  for await (const page of pages) items.push(...(page.revisions ?? []));
  return { items, rows: items.map((revision) => [describeRevision(revision)]) };
}

/** Newest first. @param limit how many at most */
export async function listDeployments(
  client: CodeDeployClient,
  group: { readonly applicationName?: string; readonly deploymentGroupName?: string },
  limit: number,
): Promise<Listing> {
  const ids: string[] = [];
  for await (const page of paginateListDeployments({ client }, group)) {
    ids.push(...(page.deployments ?? []));
    if (ids.length >= limit) break;
  }
  const items: DeploymentInfo[] = [];
  for (let at = 0; at < Math.min(ids.length, limit); at += BATCH) {
    const deploymentIds = ids.slice(at, Math.min(at + BATCH, limit));
    const { deploymentsInfo = [] } = await client.send(new BatchGetDeploymentsCommand({ deploymentIds }));
    const byId = new Map(deploymentsInfo.map((each) => [each.deploymentId, each]));
    items.push(...deploymentIds.flatMap((id) => byId.get(id) ?? []));
  }
  return { items, rows: items.map(deploymentRow) };
}

function deploymentRow(deployment: DeploymentInfo): string[] {
  const { deploymentId, status, createTime, applicationName, deploymentGroupName, creator, revision } = deployment;
  const cells = [deploymentId, status, createTime?.toISOString(), `${applicationName}/${deploymentGroupName}`, creator];
  return [...cells.map(String), describeRevision(revision)];
}

function ofNames(items: readonly string[]): Listing {
  return { items, rows: items.map((name) => [name]) };
}
