import { respond } from '../../adapters/cloudformation/custom-resource-response.ts';
import { connectTable } from '../../adapters/table/connect-table.ts';
import { TableDeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import { readEnvironment } from '../environment.ts';
import { PowertoolsTelemetry } from '../telemetry.ts';

/** The ports of the registration on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv) {
  const { SLIPWAY_TABLE } = readEnvironment(environment, ['SLIPWAY_TABLE']);
  return {
    deploymentGroups: new TableDeploymentGroups(connectTable(SLIPWAY_TABLE), Date.now),
    respond,
    telemetry: new PowertoolsTelemetry(),
  };
}
