import { DescribeStateMachineCommand, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import type { Cloud } from './cloud.ts';

/**
 * Executions that start while `use` runs have this time limit instead of their 48 hours; no rehearsal is that long.
 * All else in the definition stays as it ships.
 */
export async function withTimeLimit(cloud: Cloud, seconds: number, use: () => Promise<void>): Promise<void> {
  const stateMachineArn = cloud.engine('StateMachineArn');
  const { definition = '' } = await cloud.states.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const hurried = JSON.stringify({ ...(JSON.parse(definition) as object), TimeoutSeconds: seconds });
  await cloud.states.send(new UpdateStateMachineCommand({ stateMachineArn, definition: hurried }));
  try {
    await use();
  } finally {
    await cloud.states.send(new UpdateStateMachineCommand({ stateMachineArn, definition }));
  }
}
