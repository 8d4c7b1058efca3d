import type { Application } from '../../core/application.ts';
import { type ApplicationRevision, revisionIdentity } from '../../core/application-revisions/application-revision.ts';
import { MOST_DEPLOYMENT_GROUPS, targetRevision } from '../../core/deployment-group.ts';
import type { Ports } from '../operation.ts';
import { findGroupIfAny } from '../validation/deployment-group.ts';

/** Which deployment groups have a revision for their target. */
export interface TargetGroups {
  /** Names in alphabetical order. */
  of(revision: ApplicationRevision): readonly string[];
}

/** Looks at all groups of the application: what they should run is kept with them, and nowhere else. */
export async function findTargetGroups(application: Application, ports: Ports): Promise<TargetGroups> {
  const { items: names } = await ports.namedGroups.names(application.recordName, undefined, MOST_DEPLOYMENT_GROUPS);
  const targets = await Promise.all(names.map((name) => identityOfTarget(application, name, ports)));
  return {
    of: (revision) => {
      const identity = revisionIdentity(revision);
      return names.filter((_, index) => targets[index] === identity);
    },
  };
}

async function identityOfTarget(application: Application, name: string, ports: Ports): Promise<string | undefined> {
  const group = await findGroupIfAny(application, name, ports);
  if (!group) return undefined;
  const { lastAttempted } = await ports.groupDeployments.history(group.deploymentGroupId);
  const revision = lastAttempted?.revision ?? targetRevision(group);
  return revision && revisionIdentity(revision);
}
