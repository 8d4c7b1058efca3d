import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';

import { AwsAutoScalingGroups } from '../../adapters/auto-scaling/auto-scaling-groups.ts';
import { AutoScalingLifecycleActions } from '../../adapters/auto-scaling/lifecycle-actions.ts';
import { AwsStandbyGroups } from '../../adapters/auto-scaling/standby-groups.ts';
import { DefaultEventBus } from '../../adapters/event-bus/event-bus.ts';
import { SnsTopics } from '../../adapters/sns/topics.ts';
import { StepFunctionsTaskTokens } from '../../adapters/step-functions/task-tokens.ts';
import { connectTable } from '../../adapters/table/connect-table.ts';
import { TableDeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import { TableStandbyNotes } from '../../adapters/table/standby-notes.ts';
import { TableSurroundings } from '../../adapters/table/surroundings.ts';
import { TableTargets } from '../../adapters/table/targets.ts';
import { TableFleets } from '../../adapters/table/fleet-places.ts';
import { TableHosts } from '../../adapters/table/hosts.ts';
import { TableMailboxes } from '../../adapters/table/mailboxes.ts';
import { TableRollouts } from '../../adapters/table/rollouts.ts';
import { TableSharedActions } from '../../adapters/table/shared-actions.ts';
import { TableLaunchGuards } from '../../adapters/table/launch-guards.ts';
import { homeIn } from '../../core/notifications/home.ts';
import type { Engine } from '../engine.ts';
import { readEnvironment } from '../environment.ts';
import { announceBy } from '../launch-guard/announce-withdrawal.ts';
import { GuardedLaunches } from '../launch-guard/launches.ts';
import { BRIEFLY, PublishedNotifications } from '../notifications.ts';
import { PowertoolsTelemetry } from '../telemetry.ts';

/** The engine's ports on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv): Engine & { readonly telemetry: PowertoolsTelemetry } {
  const { SLIPWAY_TABLE, SLIPWAY_INSTANCE_ARN_PREFIX, SLIPWAY_ALARM_TOPIC_ARN } = readEnvironment(environment, [
    'SLIPWAY_TABLE',
    'SLIPWAY_INSTANCE_ARN_PREFIX',
    'SLIPWAY_ALARM_TOPIC_ARN',
  ]);
  const table = connectTable(SLIPWAY_TABLE);
  const clock = Date.now;
  const autoScaling = new AutoScalingClient({});
  const home = homeIn(SLIPWAY_INSTANCE_ARN_PREFIX);
  const deploymentGroups = new TableDeploymentGroups(table, clock);
  const topics = new SnsTopics(new SNSClient(BRIEFLY));
  const eventBus = new DefaultEventBus(new EventBridgeClient(BRIEFLY));
  const telemetry = new PowertoolsTelemetry();
  return {
    surroundings: new TableSurroundings(table),
    targets: new TableTargets(table, clock),
    hosts: new TableHosts(table, clock),
    mailboxes: new TableMailboxes(table, clock),
    sharedActions: new TableSharedActions(table, clock),
    rollouts: new TableRollouts(table, clock),
    fleets: new TableFleets(table, clock),
    standbyGroups: new AwsStandbyGroups(autoScaling),
    standbyNotes: new TableStandbyNotes(table, clock),
    deploymentGroups,
    launches: new GuardedLaunches({
      deploymentGroups,
      launchGuards: new TableLaunchGuards(table),
      autoScalingGroups: new AwsAutoScalingGroups(autoScaling),
      announceWithdrawal: announceBy({ topics, eventBus, telemetry, home, operators: SLIPWAY_ALARM_TOPIC_ARN }),
      telemetry,
    }),
    lifecycleActions: new AutoScalingLifecycleActions(autoScaling),
    taskTokens: new StepFunctionsTaskTokens(new SFNClient({})),
    notifications: new PublishedNotifications({ deploymentGroups, topics, eventBus, telemetry }, home),
    telemetry,
    clock,
  };
}
