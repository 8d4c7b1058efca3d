import { AwsAutoScalingGroups } from '../../adapters/auto-scaling/auto-scaling-groups.ts';
import { AutoScalingLifecycleActions } from '../../adapters/auto-scaling/lifecycle-actions.ts';
import { AwsStandbyGroups } from '../../adapters/auto-scaling/standby-groups.ts';
import { CloudWatchAlarms } from '../../adapters/cloudwatch/alarms.ts';
import { ElbTargetGroups } from '../../adapters/load-balancing/target-groups.ts';
import { StateMachineExecutions } from '../../adapters/step-functions/executions.ts';
import { StepFunctionsTaskTokens } from '../../adapters/step-functions/task-tokens.ts';
import { TableDeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import { TableFleetDeployments } from '../../adapters/table/fleet-deployments.ts';
import { TableStackRequests } from '../../adapters/table/stack-requests.ts';
import { TableFleetTargets } from '../../adapters/table/fleet-targets.ts';
import { TableFleets } from '../../adapters/table/fleet-places.ts';
import { TableGroupDeployments } from '../../adapters/table/group-deployments.ts';
import { TableHosts } from '../../adapters/table/hosts.ts';
import { TableMailboxes } from '../../adapters/table/mailboxes.ts';
import { TableLaunchGuards } from '../../adapters/table/launch-guards.ts';
import { TableRollouts } from '../../adapters/table/rollouts.ts';
import { TableSharedActions } from '../../adapters/table/shared-actions.ts';
import { TableSurroundings } from '../../adapters/table/surroundings.ts';
import { TableStandbyNotes } from '../../adapters/table/standby-notes.ts';
import { Table } from '../../adapters/table/table.ts';
import { TableTargets } from '../../adapters/table/targets.ts';
import type { Engine } from '../../lambdas/engine.ts';
import type { FleetEngine } from '../../lambdas/fleet/fleet-engine.ts';
import { GuardedLaunches } from '../../lambdas/launch-guard/launches.ts';
import type { Telemetry } from '../../lambdas/telemetry.ts';
import type { Ports as TrafficPorts } from '../../lambdas/traffic/ports.ts';
import type { MemoryDocuments } from '../../test/adapters/table/memory/memory-documents.ts';
import { autoScalingClient, cloudWatchClient, type InProcess, loadBalancingClient, statesClient } from './clients.ts';
import type { Invocation } from './invocation.ts';

/** The services that a function finds around it. */
export interface Services {
  readonly documents: MemoryDocuments;
  /** Told of each answer of the table. */
  answered(answer: unknown): void;
  readonly autoScaling: InProcess;
  readonly loadBalancing: InProcess;
  readonly cloudWatch: InProcess;
  readonly states: InProcess;
  /** Whether EC2 knows a machine that runs, or may again. */
  isAlive(instanceId: string): boolean;
  readonly fleetMachineArn: string;
  readonly instanceMachineArn: string;
  readonly telemetry: Telemetry;
}

/** All that any function of the engine is connected with. */
export interface EnginePorts extends Engine, FleetEngine, TrafficPorts {
  /** Of `InstanceDeployment`. */
  readonly instanceExecutions: StateMachineExecutions;
}

/** The adapters that ship, on services in this process; every call of theirs is one of this invocation. */
export function connect(services: Services, invocation: Invocation, clock: () => number): EnginePorts {
  const documents = services.documents.seenThrough((call) =>
    invocation.through('dynamodb', async () => {
      const answer = await call();
      services.answered(answer);
      return answer;
    }),
  );
  const table = new Table(documents.client(), TABLE_NAME);
  const autoScaling = autoScalingClient(services.autoScaling, invocation);
  const states = statesClient(services.states, invocation);
  const groups = new TableGroupDeployments(table);
  const deploymentGroups = new TableDeploymentGroups(table, clock);
  const launchGuards = new TableLaunchGuards(table);
  const autoScalingGroups = new AwsAutoScalingGroups(autoScaling);
  const { telemetry } = services;
  return {
    targets: new TableTargets(table, clock),
    hosts: new TableHosts(table, clock),
    mailboxes: new TableMailboxes(table, clock),
    sharedActions: new TableSharedActions(table, clock),
    fleets: new TableFleets(table, clock),
    rollouts: new TableRollouts(table, clock),
    targetGroups: new ElbTargetGroups(loadBalancingClient(services.loadBalancing, invocation)),
    standbyGroups: new AwsStandbyGroups(autoScaling),
    surroundings: new TableSurroundings(table),
    standbyNotes: new TableStandbyNotes(table, clock),
    deploymentGroups,
    launches: new GuardedLaunches({
      ...{ deploymentGroups, launchGuards, autoScalingGroups, telemetry },
      announceWithdrawal: () => Promise.resolve(),
    }),
    deployments: new TableFleetDeployments(table, groups),
    fleetTargets: new TableFleetTargets(table),
    stackRequests: new TableStackRequests(table),
    groups,
    lifecycleActions: new AutoScalingLifecycleActions(autoScaling),
    autoScalingGroups,
    taskTokens: new StepFunctionsTaskTokens(states),
    executions: new StateMachineExecutions(states, services.fleetMachineArn),
    instanceExecutions: new StateMachineExecutions(states, services.instanceMachineArn),
    instances: {
      tagged: () => Promise.resolve([]),
      gone: (ids) => invocation.through('ec2', () => ids.filter((id) => !services.isAlive(id))),
    },
    launchGuards,
    alarms: new CloudWatchAlarms(cloudWatchClient(services.cloudWatch, invocation)),
    notifications: SILENT,
    respond: () => Promise.resolve('answered'),
    telemetry,
    clock,
  };
}

export const TABLE_NAME = 'slipway';

/** That nobody can be told fails no deployment; what is told is tried elsewhere. */
const SILENT: Engine['notifications'] = {
  ofDeployment: () => Promise.resolve(),
  ofTarget: () => Promise.resolve(),
};
