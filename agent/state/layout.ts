import { join } from 'node:path';
import type { DeploymentSpecification } from '../protocol/deployment-specification.ts';

type Ids = Pick<DeploymentSpecification, 'deploymentId' | 'deploymentGroupId'>;

/**
 * Where things lie below the agent's root directory. Names and contents are those of AWS's agent, so that a host can
 * change agents in either direction and keep its history.
 */
export class Layout {
  readonly #root: string;
  readonly #tracking: string;

  constructor(root: string, trackingName: string) {
    this.#root = root;
    this.#tracking = trackingName;
  }

  deploymentGroup(deploymentGroupId: string): string {
    return join(this.#root, deploymentGroupId);
  }

  deployment({ deploymentId, deploymentGroupId }: Ids): string {
    return join(this.#root, deploymentGroupId, deploymentId);
  }

  /** The bundle as it was downloaded; it bears this name whatever its type. */
  bundle(ids: Ids): string {
    return join(this.deployment(ids), 'bundle.tar');
  }

  /** The unpacked revision. It is either absent or complete. */
  archive(ids: Ids): string {
    return archiveOf(this.deployment(ids));
  }

  unfinishedArchive(ids: Ids): string {
    return join(this.deployment(ids), 'deployment-archive-temp');
  }

  scriptsLog(ids: Ids): string {
    return join(this.deployment(ids), 'logs', 'scripts.log');
  }

  deploymentsLog(): string {
    return join(this.#root, 'deployment-logs', 'codedeploy-agent-deployments.log');
  }

  /** Instructions of the group's latest installation. */
  installInstructions(deploymentGroupId: string): string {
    return join(this.#instructions(), `${deploymentGroupId}-install.json`);
  }

  /** Paths that the group's latest installation made. */
  installedPaths(deploymentGroupId: string): string {
    return join(this.#instructions(), `${deploymentGroupId}-cleanup`);
  }

  mostRecentInstall(deploymentGroupId: string): string {
    return join(this.#instructions(), `${deploymentGroupId}_most_recent_install`);
  }

  lastSuccessfulInstall(deploymentGroupId: string): string {
    return join(this.#instructions(), `${deploymentGroupId}_last_successful_install`);
  }

  /** One file per deployment with a command under way. */
  ongoingDeployments(): string {
    return join(this.#root, this.#tracking);
  }

  /** Which process runs the script under way. */
  runningScript(): string {
    return join(this.#root, 'running-script.json');
  }

  /** Which agent works with this directory. */
  soleAgent(): string {
    return join(this.#root, 'agent-process.json');
  }

  /** What the agent last said of itself, for `--status`. */
  agentStatus(): string {
    return join(this.#root, 'agent-status.json');
  }

  /** Completions that the command service has not accepted yet. */
  unreportedCompletions(): string {
    return join(this.#root, 'unreported-completions');
  }

  #instructions(): string {
    return join(this.#root, 'deployment-instructions');
  }
}

/** The unpacked revision in a deployment's directory. */
export function archiveOf(deploymentDirectory: string): string {
  return join(deploymentDirectory, 'deployment-archive');
}
