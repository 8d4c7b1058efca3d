import {
  BatchGetDeploymentTargetsCommand,
  type CodeDeployClient,
  type DeploymentInfo,
  GetDeploymentCommand,
  ListDeploymentTargetsCommand,
} from '@aws-sdk/client-codedeploy';
import type { Rehearsal } from '../rehearsal/index.ts';
import { codeDeployClient } from './code-deploy.ts';
import { expectThat } from './deviation.ts';
import type { Fleet } from './fleet.ts';

/** One host in a deployment, in the words of CodeDeploy's API. */
export interface TargetStanding {
  readonly targetId: string;
  readonly status: string | undefined;
}

/** Deployments to the example's group, which its stack starts, as a client of CodeDeploy's API follows them. */
export class FleetDeployments {
  readonly #rehearsal: Rehearsal;
  readonly #codeDeploy: CodeDeployClient;
  readonly #fleet: Fleet;

  constructor(rehearsal: Rehearsal, fleet: Fleet) {
    this.#rehearsal = rehearsal;
    this.#codeDeploy = codeDeployClient(rehearsal);
    this.#fleet = fleet;
  }

  /** Deploys the stacks, of which the fleet's starts a deployment of another revision, one host at a time. @returns its id */
  async startedBy(assembly: string): Promise<string> {
    await this.#rehearsal.deploy(assembly);
    return this.#rehearsal.outputs('SlipwayExampleFleet')['DeploymentId'] ?? '';
  }

  /** The first target found with this status. */
  targetThatIs(status: 'InProgress' | 'Succeeded', deploymentId: string): Promise<TargetStanding> {
    return this.#fleet.until(`a target of ${deploymentId} to be ${status}`, async () =>
      (await this.targets(deploymentId)).find((target) => target.status === status),
    );
  }

  /** Empty as long as none are chosen. */
  async targets(deploymentId: string): Promise<readonly TargetStanding[]> {
    const { targetIds = [] } = await this.#codeDeploy
      .send(new ListDeploymentTargetsCommand({ deploymentId }))
      .catch((error: unknown) => {
        if (error instanceof Error && error.name === 'DeploymentNotStartedException') return { targetIds: [] };
        throw error;
      });
    if (targetIds.length === 0) return [];
    const { deploymentTargets = [] } = await this.#codeDeploy.send(
      new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds }),
    );
    return deploymentTargets.map(({ instanceTarget }) => ({
      targetId: instanceTarget?.targetId ?? '',
      status: instanceTarget?.status,
    }));
  }

  /** The key of the bundle that a deployment brings. */
  async revisionOf(deploymentId: string): Promise<string | undefined> {
    return (await this.info(deploymentId)).revision?.s3Location?.key;
  }

  /** Waits for the end. @throws Deviation when it is not a success */
  async succeeded(deploymentId: string): Promise<DeploymentInfo> {
    const ended = await this.#fleet.until(`the end of ${deploymentId}`, async () => {
      const deployment = await this.info(deploymentId);
      return ENDS.includes(deployment.status ?? '') && deployment;
    });
    const { status, errorInformation } = ended;
    expectThat(
      status === 'Succeeded',
      `${deploymentId} succeeds`,
      `it ended ${status}: ${errorInformation?.message ?? 'no reason'}`,
    );
    return ended;
  }

  async info(deploymentId: string): Promise<DeploymentInfo> {
    const { deploymentInfo } = await this.#codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
    if (!deploymentInfo) throw new Error(`There is no deployment ${deploymentId}`);
    return deploymentInfo;
  }
}

const ENDS = ['Succeeded', 'Failed', 'Stopped'];
