import type { JournalEntry } from './journal.ts';
import type { Rehearsal } from './rehearsal.ts';

/** What a person in front of a running cloud wants to see of the journal, one line an entry; undefined for all else. */
export function narrate(entry: JournalEntry): string | undefined {
  const time = new Date(entry.at).toISOString().slice(11, 19);
  switch (entry.kind) {
    case 'resource':
      if (entry.type !== 'AWS::CloudFormation::Stack' && !entry.status.endsWith('_FAILED')) return undefined;
      return `${time}  ${entry.logicalId}  ${entry.status}`;
    case 'instance':
      return `${time}  ${entry.instanceId}  ${entry.lifecycleState}`;
    case 'lifecycleAction':
      if (entry.event !== 'completed') return undefined;
      return `${time}  ${entry.instanceId}  ${entry.lifecycleHookName}: ${entry.result} (${entry.cause ?? 'completed'})`;
    case 'warning':
      return `${time}  warning: ${entry.message}`;
    default:
      return undefined;
  }
}

/** How to talk to the cloud that just came up. */
export function welcome({ endpoint, region, stacks, outputs, disks }: Rehearsal): string {
  const group = stacks.map((stack) => outputs(stack)['AutoScalingGroupName']).find((name) => name !== undefined);
  const example = group ?? '<group>';
  return `
The cloud is up at ${endpoint} with ${stacks.length === 0 ? 'no stacks' : stacks.join(', ')}.

In another terminal:

  export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=${region} AWS_DEFAULT_REGION=${region}
  export AWS_ACCESS_KEY_ID=rehearsal AWS_SECRET_ACCESS_KEY=rehearsal

  aws cloudformation describe-stacks --query 'Stacks[].Outputs'
  aws autoscaling set-desired-capacity --auto-scaling-group-name ${example} --desired-capacity 3
  aws autoscaling describe-auto-scaling-groups --query 'AutoScalingGroups[].Instances'
  aws stepfunctions list-state-machines

${disks}

Enter deploys the app again, as cdk deploy would. Ctrl-C ends it and leaves nothing behind.
`;
}
