import { readFile } from 'node:fs/promises';

import {
  BatchGetDeploymentTargetsCommand,
  CodeDeployClient,
  CreateDeploymentCommand,
  type CreateDeploymentCommandInput,
  type DeploymentInfo,
  GetDeploymentCommand,
  type InstanceTarget,
  ListDeploymentTargetsCommand,
  type RevisionLocation,
} from '@aws-sdk/client-codedeploy';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { bundleOf } from '../agent/support/bundles.ts';
import type { Cloud } from './cloud.ts';
import { until } from './until.ts';

const APP_SPEC = 'version: 0.0\nos: linux\nfiles:\n  - source: /index.html\n    destination: /srv/life\n';

/** Who deploys to one deployment group, through CodeDeploy's public client. */
export class Operator {
  readonly codeDeploy: CodeDeployClient;
  readonly #s3: S3Client;
  readonly #group: { readonly applicationName: string; readonly deploymentGroupName: string };

  constructor(cloud: Cloud, group: { readonly applicationName: string; readonly deploymentGroupName: string }) {
    this.codeDeploy = new CodeDeployClient(cloud.client);
    this.#s3 = new S3Client({ ...cloud.client, forcePathStyle: true });
    this.#group = group;
  }

  /** Puts a bundle into a bucket of its own. */
  async publish(name: string): Promise<RevisionLocation> {
    const file = await bundleOf('zip', { 'appspec.yml': APP_SPEC, 'index.html': name });
    const [bucket, key] = [name, `${name}.zip`];
    await this.#s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const { ETag } = await this.#s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: await readFile(file) }),
    );
    return { revisionType: 'S3', s3Location: { bucket, key, bundleType: 'zip', eTag: ETag?.replaceAll('"', '') } };
  }

  async deploy(revision: RevisionLocation, input: Partial<CreateDeploymentCommandInput> = {}): Promise<string> {
    const call = new CreateDeploymentCommand({ ...this.#group, revision, ...input });
    return (await this.codeDeploy.send(call)).deploymentId ?? '';
  }

  async deployment(deploymentId: string | undefined): Promise<DeploymentInfo> {
    const { deploymentInfo = {} } = await this.codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
    return deploymentInfo;
  }

  /** The deployment, once it has ended, and what rolls it back is on its record where it is rolled back. */
  ended(deploymentId: string | undefined): Promise<DeploymentInfo> {
    return until(`the end of ${deploymentId}`, async () => {
      const deployment = await this.deployment(deploymentId);
      const { status = '', rollbackInfo } = deployment;
      if (status === 'Succeeded') return deployment;
      return ['Failed', 'Stopped'].includes(status) && rollbackInfo !== undefined && deployment;
    });
  }

  async targets(deploymentId: string): Promise<readonly InstanceTarget[]> {
    const { targetIds = [] } = await this.codeDeploy.send(new ListDeploymentTargetsCommand({ deploymentId }));
    const { deploymentTargets = [] } = await this.codeDeploy.send(
      new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds }),
    );
    return deploymentTargets.map(({ instanceTarget = {} }) => instanceTarget);
  }
}
