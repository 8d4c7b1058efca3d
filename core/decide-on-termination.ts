import { type Decision, finish, unknownGroup } from './decide-on-launch.ts';
import { type DeploymentGroup, describeGroup } from './deployment-group.ts';
import type { DeploymentGroupName } from './names.ts';
import type { Revision } from './revision.ts';

/** What is known when a termination is noticed. */
export interface Termination {
  readonly instanceId: string;
  readonly name: DeploymentGroupName;
  readonly group: DeploymentGroup | undefined;
  /** The revision that the last successful deployment of the group left on the host. */
  readonly installed: Revision | undefined;
  /** Whether the instance leaves from the warm pool. */
  readonly isWarm?: boolean;
}

/** A termination runs the scripts of what is on the host. Whatever is decided, the instance may go. */
export function decideOnTermination({ instanceId, name, group, installed, isWarm = false }: Termination): Decision {
  if (!group) return finish('Failed', 'CONTINUE', unknownGroup(name));
  if (!group.deploysTerminations) {
    return finish('Skipped', 'CONTINUE', `The deployment group ${describeGroup(name)} does not deploy terminations`);
  }
  if (isWarm) {
    // Most wait switched off: their agents would be given up after minutes in which Auto Scaling holds the instance.
    return finish(
      'Skipped',
      'CONTINUE',
      `${instanceId} leaves from the warm pool: it served nobody, and perhaps does not run`,
    );
  }
  if (!installed) {
    return finish(
      'Skipped',
      'CONTINUE',
      `No deployment of ${describeGroup(name)} to ${instanceId} ever succeeded: there is nothing to stop`,
    );
  }
  return { kind: 'deploy', revision: installed };
}
