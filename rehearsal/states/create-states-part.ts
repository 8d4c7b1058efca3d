import { jsonService } from '../endpoint/protocols/json.ts';
import type { Ground, Part } from '../part.ts';
import { statesAccess } from './access.ts';
import { StatesAccount } from './account.ts';
import { operationsOf } from './api/operations.ts';
import { stateMachineResource } from './state-machine-resource.ts';
import { declared, NOTHING_IS_ENCRYPTED } from '../cloudformation/property-table.ts';

/** Step Functions: Standard workflows in JSONata, played as AWS plays them. */
export function createStatesPart(ground: Ground): Part {
  const account = new StatesAccount(ground);
  const service = jsonService({
    signingNames: ['states'],
    targetPrefix: 'AWSStepFunctions',
    version: '1.0',
    operations: operationsOf(account),
    access: statesAccess(account.tokens),
  });
  return {
    services: [service],
    resourceTypes: declared(
      { 'AWS::StepFunctions::StateMachine': stateMachineResource(account) },
      {
        'AWS::StepFunctions::StateMachine': {
          honoured: [
            'Definition',
            'DefinitionString',
            'DefinitionSubstitutions',
            'RoleArn',
            'StateMachineName',
            'StateMachineType',
            'Tags',
          ],
          withoutEffect: {
            'the role must be allowed to write logs; histories are where they are read': ['LoggingConfiguration'],
            'the role must be allowed to send traces; nobody collects them': ['TracingConfiguration'],
            [NOTHING_IS_ENCRYPTED]: ['EncryptionConfiguration'],
          },
        },
      },
    ),
    close() {
      account.close();
      return Promise.resolve();
    },
  };
}
