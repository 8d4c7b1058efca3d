import {
  BatchGetDeploymentTargetsCommand,
  GetDeploymentCommand,
  ListDeploymentTargetsCommand,
  TargetStatus,
} from '@aws-sdk/client-codedeploy';
import type { CodeDeployClient, DeploymentInfo, ListDeploymentTargetsOutput } from '@aws-sdk/client-codedeploy';
import { isSettled, observedTarget } from './observation.ts';
import type { Observation, ObservedTarget } from './observation.ts';

/** Most that BatchGetDeploymentTargets takes. */
const BATCH = 25;

/** Neither of these has anything to tell that the deployment's own numbers do not. */
const UNTOUCHED: ReadonlySet<string> = new Set([TargetStatus.PENDING, TargetStatus.SKIPPED]);
const BEGUN = Object.values(TargetStatus).filter((status) => !UNTOUCHED.has(status));

/**
 * Looks at a deployment again and again. A target that is settled is not asked for once more, so that a look at a large
 * fleet costs calls for what is under way only.
 */
export class Observer {
  readonly #client: CodeDeployClient;
  readonly #deploymentId: string;
  readonly #targets = new Map<string, ObservedTarget>();

  constructor(client: CodeDeployClient, deploymentId: string) {
    this.#client = client;
    this.#deploymentId = deploymentId;
  }

  /** The deployment first: what its end says, the targets that are asked for after it bear out. */
  async look(): Promise<Observation> {
    const deployment = await this.#deployment();
    const unsettled = (await this.#begun()).filter((id) => {
      const known = this.#targets.get(id);
      return known === undefined || !isSettled(known);
    });
    for (let at = 0; at < unsettled.length; at += BATCH) await this.#fetch(unsettled.slice(at, at + BATCH));
    return { deployment, targets: new Map(this.#targets) };
  }

  async #deployment(): Promise<DeploymentInfo> {
    const { deploymentInfo } = await this.#client.send(new GetDeploymentCommand({ deploymentId: this.#deploymentId }));
    if (!deploymentInfo) throw new Error(`The API says nothing of the deployment ${this.#deploymentId}`);
    return deploymentInfo;
  }

  async #begun(): Promise<string[]> {
    const ids: string[] = [];
    let nextToken: string | undefined;
    do {
      const page: ListDeploymentTargetsOutput = await this.#client
        .send(
          new ListDeploymentTargetsCommand({
            deploymentId: this.#deploymentId,
            targetFilters: { TargetStatus: BEGUN },
            nextToken,
          }),
        )
        .catch(notStarted);
      ids.push(...(page.targetIds ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return ids;
  }

  async #fetch(targetIds: string[]): Promise<void> {
    const command = new BatchGetDeploymentTargetsCommand({ deploymentId: this.#deploymentId, targetIds });
    const { deploymentTargets } = await this.#client.send(command);
    for (const answer of deploymentTargets ?? []) {
      const target = observedTarget(answer);
      if (target) this.#targets.set(target.targetId, target);
    }
  }
}

/** A deployment that has not begun has no targets yet. */
function notStarted(error: unknown): ListDeploymentTargetsOutput {
  if (error instanceof Error && error.name === 'DeploymentNotStartedException') return {};
  throw error;
}
