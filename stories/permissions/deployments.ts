import {
  CreateDeploymentCommand,
  type CreateDeploymentCommandInput,
  GetDeploymentCommand,
  GetDeploymentGroupCommand,
  ListDeploymentsCommand,
  type S3Location,
} from '@aws-sdk/client-codedeploy';
import { GROUP } from '../code-deploy.ts';
import { expectThat } from '../deviation.ts';
import type { ChapterGround } from './chapter.ts';

type Ground = Pick<ChapterGround, 'codeDeploy' | 'fleet'>;

/** Where the revision lies that the example's stack declares. */
export async function declaredRevision({ codeDeploy }: Pick<Ground, 'codeDeploy'>): Promise<S3Location> {
  const { deploymentGroupInfo } = await codeDeploy.send(new GetDeploymentGroupCommand(GROUP));
  return deploymentGroupInfo?.targetRevision?.s3Location ?? {};
}

/** Deploys the declared revision. @returns the deployment's id */
export async function deploy(ground: Ground, input: Partial<CreateDeploymentCommandInput> = {}): Promise<string> {
  const revision = { revisionType: 'S3', s3Location: await declaredRevision(ground) } as const;
  const { deploymentId = '' } = await ground.codeDeploy.send(
    new CreateDeploymentCommand({ ...GROUP, revision, ...input }),
  );
  return deploymentId;
}

/** Waits for the end of a deployment. @returns its status */
export function endOf({ codeDeploy, fleet }: Ground, deploymentId: string): Promise<string> {
  return fleet.until(`the end of ${deploymentId}`, async () => {
    const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
    return ['Succeeded', 'Failed', 'Stopped'].find((status) => status === deploymentInfo?.status);
  });
}

/** @throws Deviation unless it ends so */
export async function expectEnd(ground: Ground, deploymentId: string, wanted: string): Promise<void> {
  const status = await endOf(ground, deploymentId);
  expectThat(status === wanted, `${deploymentId} ends ${wanted}`, `it ended ${status}`);
}

/** Waits until the example's group takes a deployment. */
export async function atRest({ codeDeploy, fleet }: Ground): Promise<void> {
  await fleet.until('no deployment to be under way', async () => {
    const includeOnlyStatuses = ['Created', 'Queued', 'InProgress'] as const;
    const { deployments = [] } = await codeDeploy.send(
      new ListDeploymentsCommand({ ...GROUP, includeOnlyStatuses: [...includeOnlyStatuses] }),
    );
    return deployments.length === 0;
  });
}

/** The deployment that rolls another back. */
export function rollbackOf({ codeDeploy, fleet }: Ground, deploymentId: string): Promise<string> {
  return fleet.until('a rollback', async () => {
    const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
    return deploymentInfo?.rollbackInfo?.rollbackDeploymentId;
  });
}

/** Instances in service, as soon as there are so many. */
export function hostsInService({ fleet }: Pick<Ground, 'fleet'>, count = 1): Promise<readonly string[]> {
  return fleet.until(`${count} instances in service`, async () => {
    const ids = await fleet.inService();
    return ids.length >= count && ids;
  });
}
