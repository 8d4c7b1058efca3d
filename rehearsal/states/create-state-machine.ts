import { acceptDefinition } from './accept-definition.ts';
import type { StatesAccount } from './account.ts';
import { DEFAULT_SETTINGS } from './state-machine.ts';
import type { StateMachine } from './state-machine.ts';

/** What a new state machine is made of; undefined settings take AWS's defaults. */
interface NewStateMachine {
  readonly definitionText: string;
  readonly roleArn: string;
  readonly loggingConfiguration?: object | undefined;
  readonly tracingConfiguration?: object | undefined;
}

/** @throws InvalidDefinition */
export async function createStateMachine(
  account: StatesAccount,
  name: string,
  { definitionText, roleArn, loggingConfiguration, tracingConfiguration }: NewStateMachine,
  tags: ReadonlyMap<string, string>,
): Promise<StateMachine> {
  const definition = await acceptDefinition(definitionText, account.integrations);
  const now = account.ground.clock.now();
  const machine: StateMachine = {
    arn: account.arn('stateMachine', name),
    name,
    definition,
    definitionText,
    roleArn,
    loggingConfiguration: loggingConfiguration ?? DEFAULT_SETTINGS.loggingConfiguration,
    tracingConfiguration: tracingConfiguration ?? DEFAULT_SETTINGS.tracingConfiguration,
    createdAt: now,
    updatedAt: now,
    tags,
  };
  account.machines.set(machine.arn, machine);
  return machine;
}
