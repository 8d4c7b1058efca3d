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
}

/** A termination runs the scripts of what is on the host. Whatever is decided, the instance may go. */
export function decideOnTermination({ instanceId, name, group, installed }: Termination): Decision {
  if (!group) return finish('Failed', 'CONTINUE', unknownGroup(name));
  if (!group.deploysTerminations) {
    return finish('Skipped', 'CONTINUE', `The deployment group ${describeGroup(name)} does not deploy terminations`);
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
