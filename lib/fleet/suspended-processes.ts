import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Tags } from 'aws-cdk-lib/core';
import { SUSPEND_TAG, type SuspendableProcess } from '../../core/fleet/suspended-processes.ts';

/** Asks on the group itself that deployments keep these processes suspended: see `SUSPEND_TAG`. */
export function tagForSuspension(processes: readonly SuspendableProcess[], autoScalingGroup: AutoScalingGroup): void {
  if (processes.length > 0)
    Tags.of(autoScalingGroup).add(SUSPEND_TAG, processes.join(' '), { applyToLaunchedInstances: false });
}
