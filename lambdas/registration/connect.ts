import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';

import { AwsAutoScalingGroups } from '../../adapters/auto-scaling/auto-scaling-groups.ts';
import { respond } from '../../adapters/cloudformation/custom-resource-response.ts';
import { connectTable } from '../../adapters/table/connect-table.ts';
import { TableDeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import { TableLaunchGuards } from '../../adapters/table/launch-guards.ts';
import { readEnvironment } from '../environment.ts';
import { PowertoolsTelemetry } from '../telemetry.ts';

/** The ports of the registration on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv) {
  const { SLIPWAY_TABLE } = readEnvironment(environment, ['SLIPWAY_TABLE']);
  const table = connectTable(SLIPWAY_TABLE);
  return {
    deploymentGroups: new TableDeploymentGroups(table, Date.now),
    launchGuards: new TableLaunchGuards(table),
    autoScalingGroups: new AwsAutoScalingGroups(new AutoScalingClient({})),
    respond,
    telemetry: new PowertoolsTelemetry(),
  };
}
