import type { GenericRevisionInfo } from '@aws-sdk/client-codedeploy';

import type { RegisteredRevision } from '../../core/application-revisions/application-revision.ts';

/** What is known of a revision, as clients see it. @param groups names of those that have it for their target */
export function revisionInfo(registered: RegisteredRevision, groups: readonly string[]): GenericRevisionInfo {
  const { description, registeredAtMs, firstUsedAtMs, lastUsedAtMs } = registered;
  return {
    description,
    deploymentGroups: [...groups],
    registerTime: new Date(registeredAtMs),
    firstUsedTime: time(firstUsedAtMs),
    lastUsedTime: time(lastUsedAtMs),
  };
}

function time(atMs: number | undefined): Date | undefined {
  return atMs === undefined ? undefined : new Date(atMs);
}
