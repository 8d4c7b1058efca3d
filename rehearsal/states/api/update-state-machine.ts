import { acceptDefinition } from '../accept-definition.ts';
import { revise } from '../state-machine.ts';
import { rethrowDefinitionFault } from './definition-fault.ts';
import { faults } from './faults.ts';
import { findStateMachine } from './find.ts';
import type { Operation } from './operation.ts';

const CHANGEABLE = 'the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration';

/**
 * Changes what the next executions run; those that run already keep what they started with.
 * @throws StateMachineDoesNotExist, InvalidDefinition, MissingRequiredParameter
 */
export const updateStateMachine: Operation = async (input, account) => {
  const machine = findStateMachine(input, account);
  const definitionText = input.optionalText('definition');
  const roleArn = input.optionalText('roleArn');
  const loggingConfiguration = input.object('loggingConfiguration');
  const tracingConfiguration = input.object('tracingConfiguration');
  if (!definitionText && !roleArn && !loggingConfiguration && !tracingConfiguration) {
    throw faults.missingRequiredParameter(`Either ${CHANGEABLE} must be specified`);
  }
  const definition = definitionText
    ? await acceptDefinition(definitionText, account.integrations).catch(rethrowDefinitionFault)
    : machine.definition;
  const change = {
    definition,
    ...(definitionText && { definitionText }),
    ...(roleArn && { roleArn }),
    ...(loggingConfiguration && { loggingConfiguration }),
    ...(tracingConfiguration && { tracingConfiguration }),
  };
  const revised = revise(machine, change, account.ground.clock.now());
  account.machines.set(machine.arn, revised);
  return { updateDate: new Date(revised.updatedAt), revisionId: revised.revisionId };
};
