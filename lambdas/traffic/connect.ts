import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';

import { AwsStandbyGroups } from '../../adapters/auto-scaling/standby-groups.ts';
import { ElbTargetGroups } from '../../adapters/load-balancing/target-groups.ts';
import { connectTable } from '../../adapters/table/connect-table.ts';
import { TableFleets } from '../../adapters/table/fleet-places.ts';
import { TableHosts } from '../../adapters/table/hosts.ts';
import { TableStandbyNotes } from '../../adapters/table/standby-notes.ts';
import { TableTargets } from '../../adapters/table/targets.ts';
import { readEnvironment } from '../environment.ts';
import { PowertoolsTelemetry } from '../telemetry.ts';
import type { Ports } from './ports.ts';

/** The ports of the traffic function on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv): Ports & { readonly telemetry: PowertoolsTelemetry } {
  const { SLIPWAY_TABLE } = readEnvironment(environment, ['SLIPWAY_TABLE']);
  const table = connectTable(SLIPWAY_TABLE);
  return {
    targets: new TableTargets(table, Date.now),
    hosts: new TableHosts(table, Date.now),
    fleets: new TableFleets(table, Date.now),
    standbyGroups: new AwsStandbyGroups(new AutoScalingClient({})),
    standbyNotes: new TableStandbyNotes(table, Date.now),
    targetGroups: new ElbTargetGroups(new ElasticLoadBalancingV2Client({})),
    telemetry: new PowertoolsTelemetry(),
    clock: Date.now,
  };
}
