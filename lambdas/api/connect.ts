import { randomUUID } from 'node:crypto';

import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';

import { AwsAutoScalingGroups } from '../../adapters/auto-scaling/auto-scaling-groups.ts';
import { AwsGroupSurvey } from '../../adapters/auto-scaling/group-survey.ts';
import { AwsScalingActivities } from '../../adapters/auto-scaling/scaling-activities.ts';
import { AutoScalingLifecycleHooks } from '../../adapters/auto-scaling/lifecycle-hooks.ts';
import type { GitHubTokens } from '../../adapters/parameter-store/github-tokens.ts';
import { type RevisionBundles, StoredRevisionBundles } from '../../adapters/revision-bundles/revision-bundles.ts';
import { StateMachineHistory } from '../../adapters/step-functions/execution-history.ts';
import { StateMachineExecutions } from '../../adapters/step-functions/executions.ts';
import { StepFunctionsTaskTokens } from '../../adapters/step-functions/task-tokens.ts';
import { SnsTriggerTopics } from '../../adapters/sns/trigger-topics.ts';
import { TableApplicationRevisions } from '../../adapters/table/application-revisions.ts';
import { TableApplications } from '../../adapters/table/applications.ts';
import { connectTable } from '../../adapters/table/connect-table.ts';
import { TableDeploymentConfigs } from '../../adapters/table/deployment-configs.ts';
import { TableDeploymentList } from '../../adapters/table/deployment-list.ts';
import { TableDeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import { TableFleetDeployments } from '../../adapters/table/fleet-deployments.ts';
import { TableFleetTargets } from '../../adapters/table/fleet-targets.ts';
import { TableFleets } from '../../adapters/table/fleet-places.ts';
import { TableGroupDeployments } from '../../adapters/table/group-deployments.ts';
import { TableHookSharers } from '../../adapters/table/hook-sharers.ts';
import { TableHostTargets } from '../../adapters/table/host-targets.ts';
import { TableHosts } from '../../adapters/table/hosts.ts';
import { TableMailboxes } from '../../adapters/table/mailboxes.ts';
import { TableLaunchGuards } from '../../adapters/table/launch-guards.ts';
import { TableNamedGroups } from '../../adapters/table/named-groups.ts';
import { TableOnPremisesInstances } from '../../adapters/table/on-premises-instances.ts';
import { TableResourceTags } from '../../adapters/table/resource-tags.ts';
import type { Table } from '../../adapters/table/table.ts';
import { TableTargets } from '../../adapters/table/targets.ts';
import type { Ports } from '../../api/operation.ts';
import type { HookTarget } from '../../core/lifecycle-hook.ts';
import { readEnvironment } from '../environment.ts';
import { connectGitHubTokens } from '../github-tokens.ts';
import { resumeLaunches } from '../launch-guard/resume-launches.ts';
import { windDown } from '../fleet/steps/wind-down.ts';
import { PowertoolsTelemetry, type Telemetry } from '../telemetry.ts';

/** Who asks waits for 30 seconds; what is left is for the table, and for what can be mended. */
const SURVEY_LIMIT_MS = 20_000;

/** The ports of the API on AWS. @throws MissingEnvironment */
export function connect(environment: NodeJS.ProcessEnv): { ports: Ports; telemetry: PowertoolsTelemetry } {
  const names = [
    'SLIPWAY_TABLE',
    'SLIPWAY_FLEET_MACHINE_ARN',
    'SLIPWAY_STATE_MACHINE_ARN',
    'SLIPWAY_LIFECYCLE_QUEUE_ARN',
    'SLIPWAY_HOOK_ROLE_ARN',
    'SLIPWAY_INSTANCE_ARN_PREFIX',
    'SLIPWAY_GITHUB_ENDPOINT',
  ] as const;
  const { SLIPWAY_TABLE, SLIPWAY_LIFECYCLE_QUEUE_ARN, SLIPWAY_HOOK_ROLE_ARN, ...variables } = readEnvironment(
    environment,
    names,
  );
  const telemetry = new PowertoolsTelemetry();
  const gitHubTokens = connectGitHubTokens(environment);
  return {
    ports: portsOn({
      table: connectTable(SLIPWAY_TABLE),
      fleetMachineArn: variables.SLIPWAY_FLEET_MACHINE_ARN,
      stateMachineArn: variables.SLIPWAY_STATE_MACHINE_ARN,
      hookTarget: { lifecycleQueueArn: SLIPWAY_LIFECYCLE_QUEUE_ARN, hookRoleArn: SLIPWAY_HOOK_ROLE_ARN },
      instanceArnPrefix: variables.SLIPWAY_INSTANCE_ARN_PREFIX,
      revisionBundles: new StoredRevisionBundles({
        s3: new S3Client({ followRegionRedirects: true }),
        gitHubEndpoint: variables.SLIPWAY_GITHUB_ENDPOINT,
        gitHubToken: (repository) => gitHubTokens.for(repository),
        timeLimitMs: TIME_LIMIT_MS,
      }),
      gitHubTokens,
      clock: Date.now,
      telemetry,
    }),
    telemetry,
  };
}

/** For reading one AppSpec: a third of what a call may take. */
const TIME_LIMIT_MS = 10_000;

/** Where the API finds what it speaks to. */
export interface Surroundings {
  readonly table: Table;
  readonly hookTarget: HookTarget;
  readonly instanceArnPrefix: string;
  readonly fleetMachineArn: string;
  /** Of `InstanceDeployment`. */
  readonly stateMachineArn: string;
  readonly revisionBundles: RevisionBundles;
  readonly gitHubTokens: Pick<GitHubTokens, 'names'>;
  readonly clock: () => number;
  readonly telemetry: Telemetry;
}

export function portsOn({
  table,
  hookTarget,
  instanceArnPrefix,
  fleetMachineArn,
  stateMachineArn,
  revisionBundles,
  gitHubTokens,
  clock,
  telemetry,
}: Surroundings): Ports {
  const autoScaling = new AutoScalingClient({});
  const states = new SFNClient({});
  const taskTokens = new StepFunctionsTaskTokens(states);
  const fleetTargets = new TableFleetTargets(table);
  const hosts = new TableHosts(table, clock);
  const mailboxes = new TableMailboxes(table, clock);
  const targets = new TableTargets(table, clock);
  return {
    applicationRevisions: new TableApplicationRevisions(table),
    applications: new TableApplications(table),
    deploymentConfigs: new TableDeploymentConfigs(table),
    deploymentList: new TableDeploymentList(table),
    executionHistory: new StateMachineHistory(states, stateMachineArn),
    fleetDeployments: new TableFleetDeployments(table),
    fleetTargets,
    fleetExecutions: new StateMachineExecutions(states, fleetMachineArn),
    fleets: new TableFleets(table, clock),
    gitHubTokens,
    groupSurvey: new AwsGroupSurvey(autoScaling, SURVEY_LIMIT_MS),
    hookTarget,
    groupDeployments: new TableGroupDeployments(table),
    hookSharers: new TableHookSharers(table),
    hostTargets: new TableHostTargets(table),
    hosts,
    ec2InstanceArnPrefix: instanceArnPrefix.replace(':codedeploy:', ':ec2:'),
    lifecycleHooks: new AutoScalingLifecycleHooks(autoScaling, hookTarget),
    namedGroups: new TableNamedGroups(table),
    onPremisesInstances: new TableOnPremisesInstances(table),
    resourceTags: new TableResourceTags(table),
    scalingActivities: new AwsScalingActivities(autoScaling),
    targets,
    taskTokens,
    revisionBundles,
    triggerTopics: new SnsTriggerTopics(new SNSClient({})),
    instanceArnPrefix,
    clock,
    newId: randomUUID,
    resumeLaunches: (group) =>
      resumeLaunches(group, {
        deploymentGroups: new TableDeploymentGroups(table, clock),
        launchGuards: new TableLaunchGuards(table),
        autoScalingGroups: new AwsAutoScalingGroups(autoScaling),
        telemetry,
      }),
    windDown: (deploymentId, reason) =>
      windDown(deploymentId, reason, { fleetTargets, hosts, mailboxes, targets, taskTokens, telemetry, clock }),
  };
}
