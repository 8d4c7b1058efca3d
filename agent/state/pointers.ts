import type { DeploymentSpecification } from '../protocol/deployment-specification.ts';
import type { Layout } from './layout.ts';
import { readFileIfPresent } from './read-if-present.ts';
import { writeAtomically } from './write-atomically.ts';

/** Remembers, per deployment group, which deployment's files this host holds. */
export class Pointers {
  readonly #layout: Layout;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** Directory of the deployment whose Install last finished; undefined before the first. */
  lastSuccessful(deploymentGroupId: string): Promise<string | undefined> {
    return read(this.#layout.lastSuccessfulInstall(deploymentGroupId));
  }

  /** Directory of the deployment whose bundle was last unpacked; undefined before the first. */
  mostRecent(deploymentGroupId: string): Promise<string | undefined> {
    return read(this.#layout.mostRecentInstall(deploymentGroupId));
  }

  async pointToDownload(specification: DeploymentSpecification): Promise<void> {
    const file = this.#layout.mostRecentInstall(specification.deploymentGroupId);
    await writeAtomically(file, this.#layout.deployment(specification));
  }

  async pointToInstallation(specification: DeploymentSpecification): Promise<void> {
    const file = this.#layout.lastSuccessfulInstall(specification.deploymentGroupId);
    await writeAtomically(file, this.#layout.deployment(specification));
  }
}

async function read(file: string): Promise<string | undefined> {
  return (await readFileIfPresent(file))?.trim() || undefined;
}
