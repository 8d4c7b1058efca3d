import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { SFNClient } from '@aws-sdk/client-sfn';

import { AutoScalingLifecycleActions } from '../../adapters/auto-scaling/lifecycle-actions.ts';
import { StepFunctionsTaskTokens } from '../../adapters/step-functions/task-tokens.ts';
import { connectTable } from '../../adapters/table/connect-table.ts';
import { TableDeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import { TableTargets } from '../../adapters/table/targets.ts';
import { TableFleets } from '../../adapters/table/fleet-places.ts';
import { TableHosts } from '../../adapters/table/hosts.ts';
import type { Engine } from '../engine.ts';
import { readEnvironment } from '../environment.ts';
import { PowertoolsTelemetry } from '../telemetry.ts';

/** The engine's ports on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv): Engine & { readonly telemetry: PowertoolsTelemetry } {
  const { SLIPWAY_TABLE } = readEnvironment(environment, ['SLIPWAY_TABLE']);
  const table = connectTable(SLIPWAY_TABLE);
  const clock = Date.now;
  return {
    targets: new TableTargets(table, clock),
    hosts: new TableHosts(table, clock),
    fleets: new TableFleets(table, clock),
    deploymentGroups: new TableDeploymentGroups(table, clock),
    lifecycleActions: new AutoScalingLifecycleActions(new AutoScalingClient({})),
    taskTokens: new StepFunctionsTaskTokens(new SFNClient({})),
    telemetry: new PowertoolsTelemetry(),
    clock,
  };
}
