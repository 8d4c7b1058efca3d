import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';

import { AwsAutoScalingGroups } from '../../adapters/auto-scaling/auto-scaling-groups.ts';
import { AwsStandbyGroups } from '../../adapters/auto-scaling/standby-groups.ts';
import { respond } from '../../adapters/cloudformation/custom-resource-response.ts';
import { CloudWatchAlarms } from '../../adapters/cloudwatch/alarms.ts';
import { Ec2Instances } from '../../adapters/ec2/instances.ts';
import { DefaultEventBus } from '../../adapters/event-bus/event-bus.ts';
import { SnsTopics } from '../../adapters/sns/topics.ts';
import { StateMachineExecutions } from '../../adapters/step-functions/executions.ts';
import { StepFunctionsTaskTokens } from '../../adapters/step-functions/task-tokens.ts';
import { connectTable } from '../../adapters/table/connect-table.ts';
import { TableDeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import { TableFleetDeployments } from '../../adapters/table/fleet-deployments.ts';
import { TableStackRequests } from '../../adapters/table/stack-requests.ts';
import { TableFleetTargets } from '../../adapters/table/fleet-targets.ts';
import { TableFleets } from '../../adapters/table/fleet-places.ts';
import { TableGroupDeployments } from '../../adapters/table/group-deployments.ts';
import { TableHosts } from '../../adapters/table/hosts.ts';
import { TableMailboxes } from '../../adapters/table/mailboxes.ts';
import { TableLaunchGuards } from '../../adapters/table/launch-guards.ts';
import { TableStandbyNotes } from '../../adapters/table/standby-notes.ts';
import { TableTargets } from '../../adapters/table/targets.ts';
import { homeIn } from '../../core/notifications/home.ts';
import { readEnvironment } from '../environment.ts';
import { BRIEFLY, PublishedNotifications } from '../notifications.ts';
import { PowertoolsTelemetry } from '../telemetry.ts';
import type { FleetEngine } from './fleet-engine.ts';

/** The ports of the fleet function on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv): FleetEngine & { readonly telemetry: PowertoolsTelemetry } {
  const { SLIPWAY_TABLE, SLIPWAY_FLEET_MACHINE_ARN, SLIPWAY_INSTANCE_ARN_PREFIX } = readEnvironment(environment, [
    'SLIPWAY_TABLE',
    'SLIPWAY_FLEET_MACHINE_ARN',
    'SLIPWAY_INSTANCE_ARN_PREFIX',
  ]);
  const table = connectTable(SLIPWAY_TABLE);
  const clock = Date.now;
  const groups = new TableGroupDeployments(table);
  const states = new SFNClient({});
  const autoScaling = new AutoScalingClient({});
  const deploymentGroups = new TableDeploymentGroups(table, clock);
  const topics = new SnsTopics(new SNSClient(BRIEFLY));
  const eventBus = new DefaultEventBus(new EventBridgeClient(BRIEFLY));
  const telemetry = new PowertoolsTelemetry();
  return {
    targets: new TableTargets(table, clock),
    hosts: new TableHosts(table, clock),
    mailboxes: new TableMailboxes(table, clock),
    fleets: new TableFleets(table, clock),
    standbyGroups: new AwsStandbyGroups(autoScaling),
    standbyNotes: new TableStandbyNotes(table, clock),
    deploymentGroups,
    deployments: new TableFleetDeployments(table, groups),
    fleetTargets: new TableFleetTargets(table),
    stackRequests: new TableStackRequests(table),
    groups,
    launchGuards: new TableLaunchGuards(table),
    autoScalingGroups: new AwsAutoScalingGroups(autoScaling),
    instances: new Ec2Instances(new EC2Client({})),
    alarms: new CloudWatchAlarms(new CloudWatchClient({})),
    executions: new StateMachineExecutions(states, SLIPWAY_FLEET_MACHINE_ARN),
    respond,
    taskTokens: new StepFunctionsTaskTokens(states),
    notifications: new PublishedNotifications(
      { deploymentGroups, topics, eventBus, telemetry },
      homeIn(SLIPWAY_INSTANCE_ARN_PREFIX),
    ),
    telemetry,
    clock,
  };
}
