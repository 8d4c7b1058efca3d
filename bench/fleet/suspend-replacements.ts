import { AutoScalingClient, SuspendProcessesCommand } from '@aws-sdk/client-auto-scaling';
import type { Rehearsal } from '../../rehearsal/index.ts';

/** Lets hosts be that do not answer while they are deployed to: what is measured is a deployment, not Auto Scaling. */
export async function suspendReplacements({ endpoint, region, outputs }: Rehearsal): Promise<void> {
  const credentials = { accessKeyId: 'benchmark', secretAccessKey: 'benchmark' };
  await new AutoScalingClient({ endpoint, region, credentials }).send(
    new SuspendProcessesCommand({
      AutoScalingGroupName: outputs('SlipwayExampleFleet')['AutoScalingGroupName'],
      ScalingProcesses: ['ReplaceUnhealthy'],
    }),
  );
}
