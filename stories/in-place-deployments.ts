import { GetDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { InPlaceRequest } from '../core/target-request.ts';
import type { Rehearsal } from '../rehearsal/index.ts';
import { codeDeployClient, GROUP } from './code-deploy.ts';
import type { DeploymentRecord } from './executions.ts';

type InPlaceSettings = Pick<InPlaceRequest, 'trafficSettings'>;

/** Deployments to instances that are in service, each by an execution of the engine's state machine. */
export class InPlaceDeployments {
  readonly #rehearsal: Rehearsal;
  readonly #states: SFNClient;

  constructor(rehearsal: Rehearsal) {
    const { endpoint, region } = rehearsal;
    this.#rehearsal = rehearsal;
    const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
    this.#states = new SFNClient({ endpoint, region, credentials });
  }

  /**
   * Starts to bring the revision that the deployment group declares to one of its instances.
   * @param settings of this deployment, in place of the group's
   * @returns the execution
   */
  async start(instanceId: string, deploymentId: string, settings: InPlaceSettings = {}): Promise<string> {
    const revision = await this.#declaredRevision();
    const request = { type: 'in-place', deploymentId, instanceId, ...GROUP, revision, ...settings };
    const { executionArn = '' } = await this.#states.send(
      new StartExecutionCommand({
        stateMachineArn: this.#rehearsal.outputs('SlipwayEngine')['StateMachineArn'],
        name: `in-place-${instanceId}-${deploymentId}`,
        input: JSON.stringify(request),
      }),
    );
    return executionArn;
  }

  /** The outcome of an execution; undefined while it runs. @throws Error when it died */
  async ended(executionArn: string): Promise<DeploymentRecord | undefined> {
    const { status, output, cause } = await this.#states.send(new DescribeExecutionCommand({ executionArn }));
    if (status === 'RUNNING') return undefined;
    if (output === undefined) throw new Error(`The execution ended ${status}: ${cause}`);
    return JSON.parse(output) as DeploymentRecord;
  }

  async #declaredRevision(): Promise<object> {
    const { deploymentGroupInfo } = await codeDeployClient(this.#rehearsal).send(new GetDeploymentGroupCommand(GROUP));
    const { bucket, key, bundleType, version, eTag } = deploymentGroupInfo?.targetRevision?.s3Location ?? {};
    const S3Location = { Bucket: bucket, Key: key, BundleType: bundleType, Version: version, ETag: eTag };
    return { RevisionType: 'S3', S3Location };
  }
}
