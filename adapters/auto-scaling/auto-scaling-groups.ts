import {
  type AutoScalingClient,
  type AutoScalingGroup,
  AutoScalingServiceException,
  paginateDescribeAutoScalingGroups,
  ResumeProcessesCommand,
  SuspendProcessesCommand,
} from '@aws-sdk/client-auto-scaling';

import type { DescribedMember } from '../../core/fleet/selection.ts';
import { SUSPEND_TAG } from '../../core/fleet/suspended-processes.ts';

/** An Auto Scaling group at a moment. */
export interface DescribedGroup {
  readonly autoScalingGroupName: string;
  readonly members: readonly DescribedMember[];
  /** Processes that somebody has suspended. */
  readonly suspended: readonly string[];
  /** The value of its tag `SUSPEND_TAG`. */
  readonly suspendTag?: string;
}

/** Auto Scaling groups that a deployment finds its hosts in, and may hold still. */
export interface AutoScalingGroups {
  /** Those of the names that there are. */
  describe(names: readonly string[]): Promise<readonly DescribedGroup[]>;
  suspend(autoScalingGroupName: string, processes: readonly string[]): Promise<'done' | 'gone'>;
  resume(autoScalingGroupName: string, processes: readonly string[]): Promise<'done' | 'gone'>;
}

export class AwsAutoScalingGroups implements AutoScalingGroups {
  readonly #client: AutoScalingClient;

  constructor(client: AutoScalingClient) {
    this.#client = client;
  }

  async describe(names: readonly string[]): Promise<readonly DescribedGroup[]> {
    if (names.length === 0) return []; // no names would be all names
    const groups: DescribedGroup[] = [];
    for await (const page of paginateDescribeAutoScalingGroups(
      { client: this.#client },
      { AutoScalingGroupNames: [...names] },
    )) {
      groups.push(...(page.AutoScalingGroups ?? []).map(groupIn));
    }
    return groups;
  }

  suspend(autoScalingGroupName: string, processes: readonly string[]): Promise<'done' | 'gone'> {
    const input = { AutoScalingGroupName: autoScalingGroupName, ScalingProcesses: [...processes] };
    return unlessGone(this.#client.send(new SuspendProcessesCommand(input)));
  }

  resume(autoScalingGroupName: string, processes: readonly string[]): Promise<'done' | 'gone'> {
    const input = { AutoScalingGroupName: autoScalingGroupName, ScalingProcesses: [...processes] };
    return unlessGone(this.#client.send(new ResumeProcessesCommand(input)));
  }
}

function groupIn(group: AutoScalingGroup): DescribedGroup {
  const { AutoScalingGroupName = '', Instances = [], SuspendedProcesses = [], Tags = [] } = group;
  const suspendTag = Tags.find(({ Key }) => Key === SUSPEND_TAG)?.Value;
  return {
    autoScalingGroupName: AutoScalingGroupName,
    members: Instances.map(({ InstanceId = '', LifecycleState = '', AvailabilityZone = '' }) => ({
      instanceId: InstanceId,
      lifecycleState: LifecycleState,
      zone: AvailabilityZone,
    })),
    suspended: SuspendedProcesses.map(({ ProcessName = '' }) => ProcessName),
    ...(suspendTag !== undefined && { suspendTag }),
  };
}

/** A group that is no more is reported as a `ValidationError`, which only its text tells from others. */
async function unlessGone(call: Promise<unknown>): Promise<'done' | 'gone'> {
  try {
    await call;
    return 'done';
  } catch (error) {
    const isGone =
      error instanceof AutoScalingServiceException &&
      error.name === 'ValidationError' &&
      /AutoScalingGroup name not found/i.test(error.message);
    if (isGone) return 'gone';
    throw error;
  }
}
