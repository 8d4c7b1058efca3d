import {
  BatchGetApplicationsCommand,
  BatchGetDeploymentGroupsCommand,
  BatchGetDeploymentsCommand,
  BatchGetDeploymentTargetsCommand,
  type CodeDeployClient,
  CreateApplicationCommand,
  CreateDeploymentCommand,
  CreateDeploymentConfigCommand,
  CreateDeploymentGroupCommand,
  DeleteApplicationCommand,
  DeleteDeploymentConfigCommand,
  DeleteDeploymentGroupCommand,
  GetApplicationCommand,
  GetApplicationRevisionCommand,
  GetDeploymentCommand,
  GetDeploymentConfigCommand,
  GetDeploymentGroupCommand,
  GetDeploymentTargetCommand,
  ListApplicationRevisionsCommand,
  ListApplicationsCommand,
  ListDeploymentConfigsCommand,
  ListDeploymentGroupsCommand,
  ListDeploymentsCommand,
  ListDeploymentTargetsCommand,
  ListTagsForResourceCommand,
  RegisterApplicationRevisionCommand,
  type RevisionLocation,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateDeploymentGroupCommand,
} from '@aws-sdk/client-codedeploy';

/** What a life looks at that was there before. */
export interface Surroundings {
  readonly accountId: string;
  readonly region: string;
  readonly revision: RevisionLocation;
  /** A deployment that has ended, and a target of it. */
  readonly deploymentId: string;
  readonly targetId: string;
}

/** One application from its creation to its end, with most of what is asked of the API in between. */
export async function liveOnce(codeDeploy: CodeDeployClient, name: string, around: Surroundings): Promise<void> {
  const { accountId, region, revision, deploymentId, targetId } = around;
  const deploymentConfigName = name;
  const application = { applicationName: name };
  const group = { ...application, deploymentGroupName: name };
  const ResourceArn = `arn:aws:codedeploy:${region}:${accountId}:application:${name}`;

  await codeDeploy.send(new CreateApplicationCommand(application));
  await codeDeploy.send(new GetApplicationCommand(application));
  await codeDeploy.send(new BatchGetApplicationsCommand({ applicationNames: [name] }));
  await codeDeploy.send(new ListApplicationsCommand({}));
  await codeDeploy.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'team', Value: 'web' }] }));
  await codeDeploy.send(new ListTagsForResourceCommand({ ResourceArn }));
  await codeDeploy.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['team'] }));

  const minimumHealthyHosts = { type: 'HOST_COUNT', value: 1 } as const;
  await codeDeploy.send(new CreateDeploymentConfigCommand({ deploymentConfigName, minimumHealthyHosts }));
  await codeDeploy.send(new GetDeploymentConfigCommand({ deploymentConfigName }));
  await codeDeploy.send(new ListDeploymentConfigsCommand({}));

  const serviceRoleArn = `arn:aws:iam::${accountId}:role/unused`;
  await codeDeploy.send(new CreateDeploymentGroupCommand({ ...group, serviceRoleArn }));
  await codeDeploy.send(new GetDeploymentGroupCommand(group));
  await codeDeploy.send(new BatchGetDeploymentGroupsCommand({ ...application, deploymentGroupNames: [name] }));
  await codeDeploy.send(new ListDeploymentGroupsCommand(application));
  await codeDeploy.send(
    new UpdateDeploymentGroupCommand({ ...application, currentDeploymentGroupName: name, deploymentConfigName }),
  );

  await codeDeploy.send(new RegisterApplicationRevisionCommand({ ...application, revision }));
  await codeDeploy.send(new GetApplicationRevisionCommand({ ...application, revision }));
  await codeDeploy.send(new ListApplicationRevisionsCommand(application));

  await codeDeploy.send(new CreateDeploymentCommand({ ...group, revision }));
  await codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
  await codeDeploy.send(new BatchGetDeploymentsCommand({ deploymentIds: [deploymentId] }));
  await codeDeploy.send(new ListDeploymentsCommand({}));
  await codeDeploy.send(new ListDeploymentTargetsCommand({ deploymentId }));
  await codeDeploy.send(new GetDeploymentTargetCommand({ deploymentId, targetId }));
  await codeDeploy.send(new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: [targetId] }));

  await codeDeploy.send(new DeleteDeploymentGroupCommand(group));
  await codeDeploy.send(new DeleteApplicationCommand(application));
  await codeDeploy.send(new DeleteDeploymentConfigCommand({ deploymentConfigName }));
}
