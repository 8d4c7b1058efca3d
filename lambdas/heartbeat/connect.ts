import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';

import { AutoScalingLifecycleActions } from '../../adapters/auto-scaling/lifecycle-actions.ts';
import { connectTable } from '../../adapters/table/connect-table.ts';
import { TableHosts } from '../../adapters/table/hosts.ts';
import { readEnvironment } from '../environment.ts';
import { PowertoolsTelemetry } from '../telemetry.ts';

/** The ports of the heartbeat function on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv) {
  const { SLIPWAY_TABLE } = readEnvironment(environment, ['SLIPWAY_TABLE']);
  return {
    hosts: new TableHosts(connectTable(SLIPWAY_TABLE), Date.now),
    lifecycleActions: new AutoScalingLifecycleActions(new AutoScalingClient({})),
    telemetry: new PowertoolsTelemetry(),
    clock: Date.now,
  };
}
