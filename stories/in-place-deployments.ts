import { CodeDeployClient, GetDeploymentGroupCommand } from '@aws-sdk/client-codedeploy';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { InPlaceRequest } from '../core/target-request.ts';
import type { Rehearsal } from '../rehearsal/index.ts';
import type { DeploymentRecord } from './executions.ts';

/** The example's deployment group. */
const GROUP = { applicationName: 'web', deploymentGroupName: 'web-fleet' };

/** The API is behind a function URL, and that wants to be signed for. */
const API_SERVICE = 'lambda';

type InPlaceSettings = Pick<InPlaceRequest, 'trafficSettings'>;

/** Deployments to instances that are in service, each by an execution of the engine's state machine. */
export class InPlaceDeployments {
  readonly #rehearsal: Rehearsal;
  readonly #client: { region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  readonly #states: SFNClient;

  constructor(rehearsal: Rehearsal) {
    const { endpoint, region } = rehearsal;
    this.#rehearsal = rehearsal;
    this.#client = { region, credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' } };
    this.#states = new SFNClient({ endpoint, ...this.#client });
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
    const { clock, outputs } = this.#rehearsal;
    const codeDeploy = new CodeDeployClient({
      ...this.#client,
      endpoint: outputs('SlipwayEngine')['ApiUrl'] ?? '',
      signer: new SignatureV4({ ...this.#client, service: API_SERVICE, sha256: Sha256 }),
      systemClockOffset: clock.now() - Date.now(),
    });
    const { deploymentGroupInfo } = await codeDeploy.send(new GetDeploymentGroupCommand(GROUP));
    const { bucket, key, bundleType, version, eTag } = deploymentGroupInfo?.targetRevision?.s3Location ?? {};
    const S3Location = { Bucket: bucket, Key: key, BundleType: bundleType, Version: version, ETag: eTag };
    return { RevisionType: 'S3', S3Location };
  }
}
