import type { Command } from './command-service.ts';

interface Specification {
  readonly ApplicationName: string;
  readonly DeploymentGroupName: string;
  readonly Revision?: { readonly S3Revision?: { readonly Key: string } };
}

/** In the key of a revision whose application does not start. */
export const BAD = '-bad';

/** What is on a host: for each deployment group the revision that was installed last. */
export class Disk {
  /** Object keys by `<application>/<deployment group>`. */
  readonly installed = new Map<string, string>();
  /** Nobody answers for the host any more, though it runs. */
  isSilent = false;
  /** What runs here answers no health check before, in milliseconds since the epoch. */
  unwellUntilMs = 0;
  #specification: Specification | undefined;

  /** Keeps what a command came with. */
  heed(given: { readonly GenericEnvelope: { readonly Payload: string } } | undefined): void {
    if (given) this.#specification = JSON.parse(given.GenericEnvelope.Payload) as Specification;
  }

  /** Whether this is where the revision at hand breaks. */
  breaksAt({ CommandName }: Command): boolean {
    return CommandName === 'ApplicationStart' && (this.#specification?.Revision?.S3Revision?.Key ?? '').includes(BAD);
  }

  /** A lifecycle event went well. */
  ran({ CommandName }: Command): void {
    const { ApplicationName, DeploymentGroupName, Revision } = this.#specification ?? {};
    const key = Revision?.S3Revision?.Key;
    if (CommandName === 'Install' && key !== undefined) {
      this.installed.set(`${ApplicationName}/${DeploymentGroupName}`, key);
    }
  }
}
