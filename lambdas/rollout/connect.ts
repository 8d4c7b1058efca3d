import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';

import { AwsAutoScalingGroups } from '../../adapters/auto-scaling/auto-scaling-groups.ts';
import { respond } from '../../adapters/cloudformation/custom-resource-response.ts';
import { CloudFormationStacks } from '../../adapters/cloudformation/stacks.ts';
import { Ec2Instances } from '../../adapters/ec2/instances.ts';
import { StoredRevisionBundles } from '../../adapters/revision-bundles/revision-bundles.ts';
import { StateMachineExecutions } from '../../adapters/step-functions/executions.ts';
import { StepFunctionsTaskTokens } from '../../adapters/step-functions/task-tokens.ts';
import { TableApplicationRevisions } from '../../adapters/table/application-revisions.ts';
import { TableApplications } from '../../adapters/table/applications.ts';
import { connectTable } from '../../adapters/table/connect-table.ts';
import { TableDeploymentConfigs } from '../../adapters/table/deployment-configs.ts';
import { TableDeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import { TableFleetDeployments } from '../../adapters/table/fleet-deployments.ts';
import { TableStackRequests } from '../../adapters/table/stack-requests.ts';
import { TableFleets } from '../../adapters/table/fleet-places.ts';
import { TableGroupDeployments } from '../../adapters/table/group-deployments.ts';
import { TableHosts } from '../../adapters/table/hosts.ts';
import { TableLaunchGuards } from '../../adapters/table/launch-guards.ts';
import { TableNamedGroups } from '../../adapters/table/named-groups.ts';
import { TableStandbyNotes } from '../../adapters/table/standby-notes.ts';
import { readEnvironment } from '../environment.ts';
import { PowertoolsTelemetry } from '../telemetry.ts';
import type { Ports } from './ports.ts';

/** The ports of the roll-out on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv): Ports & { readonly telemetry: PowertoolsTelemetry } {
  const { SLIPWAY_TABLE, SLIPWAY_FLEET_MACHINE_ARN } = readEnvironment(environment, [
    'SLIPWAY_TABLE',
    'SLIPWAY_FLEET_MACHINE_ARN',
  ]);
  const table = connectTable(SLIPWAY_TABLE);
  const clock = Date.now;
  const states = new SFNClient({});
  return {
    applications: new TableApplications(table),
    applicationRevisions: new TableApplicationRevisions(table),
    autoScalingGroups: new AwsAutoScalingGroups(new AutoScalingClient({})),
    deploymentConfigs: new TableDeploymentConfigs(table),
    deploymentGroups: new TableDeploymentGroups(table, clock),
    fleetDeployments: new TableFleetDeployments(table),
    stackRequests: new TableStackRequests(table),
    fleetExecutions: new StateMachineExecutions(states, SLIPWAY_FLEET_MACHINE_ARN),
    fleets: new TableFleets(table, clock),
    groupDeployments: new TableGroupDeployments(table),
    hosts: new TableHosts(table, clock),
    instances: new Ec2Instances(new EC2Client({})),
    launchGuards: new TableLaunchGuards(table),
    namedGroups: new TableNamedGroups(table),
    respond,
    revisionBundles: new StoredRevisionBundles({
      s3: new S3Client({ followRegionRedirects: true }),
      gitHubEndpoint: 'https://api.github.com', // templates declare revisions in S3
      timeLimitMs: 10_000,
    }),
    standbyNotes: new TableStandbyNotes(table, clock),
    stacks: new CloudFormationStacks(new CloudFormationClient({})),
    taskTokens: new StepFunctionsTaskTokens(states),
    telemetry: new PowertoolsTelemetry(),
    clock,
  };
}
