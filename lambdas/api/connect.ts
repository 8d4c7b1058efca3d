import { randomUUID } from 'node:crypto';

import { TableApplicationRevisions } from '../../adapters/table/application-revisions.ts';
import { TableApplications } from '../../adapters/table/applications.ts';
import { connectTable } from '../../adapters/table/connect-table.ts';
import { TableDeploymentConfigs } from '../../adapters/table/deployment-configs.ts';
import { TableDeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import { TableGitHubTokens } from '../../adapters/table/github-tokens.ts';
import { TableGroupDeployments } from '../../adapters/table/group-deployments.ts';
import { TableResourceTags } from '../../adapters/table/resource-tags.ts';
import type { Table } from '../../adapters/table/table.ts';
import type { Ports } from '../../api/operation.ts';
import { readEnvironment } from '../environment.ts';
import { PowertoolsTelemetry } from '../telemetry.ts';

/** The ports of the API on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv): { ports: Ports; telemetry: PowertoolsTelemetry } {
  const { SLIPWAY_TABLE } = readEnvironment(environment, ['SLIPWAY_TABLE']);
  return { ports: portsOn(connectTable(SLIPWAY_TABLE), Date.now), telemetry: new PowertoolsTelemetry() };
}

/** What the API speaks to, on this table. */
export function portsOn(table: Table, clock: () => number): Ports {
  return {
    applicationRevisions: new TableApplicationRevisions(table),
    applications: new TableApplications(table),
    deploymentConfigs: new TableDeploymentConfigs(table),
    deploymentGroups: new TableDeploymentGroups(table, clock),
    gitHubTokens: new TableGitHubTokens(table),
    groupDeployments: new TableGroupDeployments(table),
    resourceTags: new TableResourceTags(table),
    clock,
    newId: randomUUID,
  };
}
