import type { InstanceInfo } from '@aws-sdk/client-codedeploy';

import type { OnPremisesInstance } from '../../core/on-premises/on-premises-instance.ts';

/** An on-premises instance as clients see it. Its tags are there even if it has none: `aws deploy deregister` reads them. */
export function instanceInfo(instance: OnPremisesInstance): InstanceInfo {
  const { instanceName, instanceArn, identity, registeredAtMs, deregisteredAtMs, tags } = instance;
  return {
    instanceName,
    instanceArn,
    ...(identity.kind === 'user' ? { iamUserArn: identity.arn } : { iamSessionArn: identity.arn }),
    registerTime: new Date(registeredAtMs),
    deregisterTime: deregisteredAtMs === undefined ? undefined : new Date(deregisteredAtMs),
    tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
