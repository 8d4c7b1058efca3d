import { SFNClient } from '@aws-sdk/client-sfn';

import { StateMachineExecutions } from '../../adapters/step-functions/executions.ts';
import { readEnvironment } from '../environment.ts';
import { PowertoolsTelemetry } from '../telemetry.ts';

/** The ports of the hook consumer on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv) {
  const { SLIPWAY_STATE_MACHINE_ARN } = readEnvironment(environment, ['SLIPWAY_STATE_MACHINE_ARN']);
  return {
    executions: new StateMachineExecutions(new SFNClient({}), SLIPWAY_STATE_MACHINE_ARN),
    telemetry: new PowertoolsTelemetry(),
  };
}
