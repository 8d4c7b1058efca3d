import { SFNClient } from '@aws-sdk/client-sfn';

import { StepFunctionsTaskTokens } from '../../adapters/step-functions/task-tokens.ts';
import { connectTable } from '../../adapters/table/connect-table.ts';
import { TableDeployments } from '../../adapters/table/deployments.ts';
import { TableHosts } from '../../adapters/table/hosts.ts';
import { readEnvironment } from '../environment.ts';
import { PowertoolsTelemetry } from '../telemetry.ts';

/** The ports of the command service on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv) {
  const { SLIPWAY_TABLE } = readEnvironment(environment, ['SLIPWAY_TABLE']);
  const table = connectTable(SLIPWAY_TABLE);
  const clock = Date.now;
  return {
    deployments: new TableDeployments(table, clock),
    hosts: new TableHosts(table, clock),
    taskTokens: new StepFunctionsTaskTokens(new SFNClient({})),
    telemetry: new PowertoolsTelemetry(),
    clock,
  };
}
