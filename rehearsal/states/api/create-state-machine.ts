import { createStateMachine as create } from '../create-state-machine.ts';
import { faults } from './faults.ts';
import { requireName } from './names.ts';
import type { Operation } from './operation.ts';
import { rethrowDefinitionFault } from './definition-fault.ts';
import { readTags } from './tags.ts';

/**
 * Creates a state machine. Asking again for exactly the same one answers with the first.
 * @throws InvalidName, InvalidDefinition, StateMachineAlreadyExists
 */
export const createStateMachine: Operation = async (input, account) => {
  if (input.oneOf('type', ['STANDARD', 'EXPRESS']) === 'EXPRESS') {
    throw faults.validation('The rehearsal plays STANDARD state machines only');
  }
  if (input.flag('publish', false)) throw faults.validation('The rehearsal keeps no versions of state machines');
  const name = requireName(input.text('name'));
  const settings = {
    definitionText: input.text('definition'),
    roleArn: input.arn('roleArn'),
    loggingConfiguration: input.object('loggingConfiguration'),
    tracingConfiguration: input.object('tracingConfiguration'),
  };
  const existing = account.machines.get(account.arn('stateMachine', name));
  if (existing && (existing.definitionText !== settings.definitionText || existing.roleArn !== settings.roleArn)) {
    throw faults.stateMachineAlreadyExists(existing.arn);
  }
  const machine = existing ?? (await create(account, name, settings, readTags(input)).catch(rethrowDefinitionFault));
  return { stateMachineArn: machine.arn, creationDate: new Date(machine.createdAt) };
};
