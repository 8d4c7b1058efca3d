import { RemovalPolicy } from 'aws-cdk-lib/core';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AgentProgram } from './agent-program.ts';
import { Api } from './api.ts';
import { CommandService } from './command-service.ts';
import { DeadExecution } from './dead-execution.ts';
import { DeploymentTable } from './deployment-table.ts';
import { Doctor } from './doctor.ts';
import { EngineAlarms } from './engine-alarms.ts';
import { EngineDashboard } from './engine-dashboard.ts';
import { DeployedEngine, EngineParameters } from './engine-parameters.ts';
import type { Engine } from './engine.ts';
import { Fleet } from './fleet.ts';
import { fleetDeploymentArn, FleetDeploymentMachine } from './fleet-deployment-machine.ts';
import type { GitHubTokens } from './github-tokens.ts';
import { readGitHubTokens } from './github-tokens.ts';
import { Heartbeat } from './heartbeat.ts';
import { HookConsumer } from './hook-consumer.ts';
import { HookRole } from './hook-role.ts';
import { InstanceDeploymentMachine, instanceDeploymentArn } from './instance-deployment-machine.ts';
import { InstallationKeys } from './installation-keys.ts';
import { LifecycleQueue } from './lifecycle-queue.ts';
import { Orchestrator } from './orchestrator.ts';
import { Registration } from './registration.ts';
import { RolloutFunction } from './rollout.ts';
import { SecretDoor } from './secret-door.ts';
import type { SecretDoorProps } from './secret-door.ts';
import { Traffic } from './traffic.ts';

export interface SlipwayEngineProps {
  /** How long logs of functions and executions are kept. @default one month */
  readonly logRetention?: RetentionDays;
  /** What becomes of the table, the record of all deployments, when the engine is removed. @default it is retained */
  readonly tableRemovalPolicy?: RemovalPolicy;
  /**
   * Whether hosts may run AWS's own CodeDeploy agent in place of ours. It cannot sign for this engine, so that a second
   * address is opened, which anybody may call and which answers only to the secrets of hosts.
   * @default false
   */
  readonly awsAgents?: boolean;
  /**
   * Buckets out of which the API may read revisions, to check them before they are deployed; of another account too, if
   * their policies allow it. A revision elsewhere is deployed unchecked.
   * @default any bucket of this account
   */
  readonly revisionBucketNames?: readonly string[];
  /** GitHub's API, as hosts reach it: `https://<host>/api/v3` of a GitHub Enterprise Server. @default GitHub's own */
  readonly gitHubApiEndpoint?: string;
  /**
   * Tokens that open private repositories of GitHub, by their owner: `{ acme: { parameterName: '/github/acme' } }`. Hosts
   * are given the token of the repository that they deploy from.
   * @default public repositories alone
   */
  readonly gitHubTokens?: GitHubTokens;
}

/** The deployment engine: once per account and Region, for all fleets in it. */
export class SlipwayEngine extends Construct implements Engine {
  /** The engine that another stack or app has deployed to the same account and Region. */
  static deployed(scope: Construct, id: string): Engine {
    return new DeployedEngine(scope, id);
  }

  readonly lifecycleQueueArn: string;
  readonly hookRoleArn: string;
  readonly registrationFunctionArn: string;
  readonly rolloutFunctionArn: string;
  readonly commandServiceUrl: string;
  readonly commandFunctionArn: string;
  readonly agentBucketName: string;
  readonly agentX86ObjectKey: string;
  readonly agentArm64ObjectKey: string;
  readonly awsAgents: boolean;

  readonly lifecycleQueueUrl: string;
  readonly tableName: string;
  readonly stateMachineArn: string;
  readonly fleetMachineArn: string;
  readonly alarmTopicArn: string;
  readonly apiUrl: string;

  constructor(scope: Construct, id: string, props: SlipwayEngineProps = {}) {
    super(scope, id);
    this.awsAgents = props.awsAgents ?? false;
    const alarms = new EngineAlarms(this, 'Alarms');
    const part = { alarms, logRetention: props.logRetention ?? RetentionDays.ONE_MONTH };
    const stateMachineArn = instanceDeploymentArn(this);
    const fleetMachineArn = fleetDeploymentArn(this);

    const { queue } = new LifecycleQueue(this, 'LifecycleActions', { alarms });
    const table = new DeploymentTable(this, 'Deployments', {
      removalPolicy: props.tableRemovalPolicy ?? RemovalPolicy.RETAIN,
    });
    const hookRole = new HookRole(this, 'HookRole', { queue });

    new HookConsumer(this, 'HookConsumer', { ...part, queue, stateMachineArn });
    const orchestrator = new Orchestrator(this, 'Orchestrator', { ...part, table, stateMachineArn, fleetMachineArn });
    const heartbeat = new Heartbeat(this, 'Heartbeat', { ...part, table });
    const traffic = new Traffic(this, 'Traffic', { ...part, table });
    const gitHubTokens = readGitHubTokens(this, props.gitHubTokens);
    const toHosts = { ...part, table, stateMachineArn, gitHubTokens };
    const commands = new CommandService(this, 'Commands', {
      ...toHosts,
      awsAgents: this.awsAgents ? this.#letAwsAgentsIn(toHosts) : undefined,
    });
    const registration = new Registration(this, 'Registration', { ...part, table });
    const rollout = new RolloutFunction(this, 'Rollout', {
      ...part,
      table,
      fleetMachineArn,
      revisionBucketNames: props.revisionBucketNames,
    });
    new DeadExecution(this, 'DeadExecution', { ...part, table, stateMachineArn, fleetMachineArn });
    const machine = new InstanceDeploymentMachine(this, 'InstanceDeployment', {
      ...part,
      table,
      orchestrator: orchestrator.function,
      heartbeat: heartbeat.function,
      traffic: traffic.function,
    });
    const fleet = new Fleet(this, 'Fleet', {
      ...part,
      table,
      instanceDeploymentArn: stateMachineArn,
      fleetDeploymentArn: fleetMachineArn,
    });
    const fleetMachine = new FleetDeploymentMachine(this, 'FleetDeployment', {
      ...part,
      table,
      fleet: fleet.function,
      instanceDeployment: machine.stateMachine,
    });
    const hookTarget = { lifecycleQueueArn: queue.queueArn, hookRoleArn: hookRole.role.roleArn };
    new Doctor(this, 'Doctor', { ...part, table, hookTarget });
    const api = new Api(this, 'Api', {
      ...part,
      table,
      stateMachineArn,
      fleetMachineArn,
      hookTarget,
      revisionBucketNames: props.revisionBucketNames,
      gitHubApiEndpoint: props.gitHubApiEndpoint,
      gitHubTokens,
    });
    const agent = new AgentProgram(this, 'Agent');

    this.lifecycleQueueArn = queue.queueArn;
    this.hookRoleArn = hookRole.role.roleArn;
    this.registrationFunctionArn = registration.function.functionArn;
    this.rolloutFunctionArn = rollout.function.functionArn;
    this.commandServiceUrl = commands.url;
    this.commandFunctionArn = commands.function.functionArn;
    this.agentBucketName = agent.bucketName;
    this.agentX86ObjectKey = agent.objectKeys.x86_64;
    this.agentArm64ObjectKey = agent.objectKeys.arm64;
    this.lifecycleQueueUrl = queue.queueUrl;
    this.tableName = table.table.tableName;
    this.stateMachineArn = machine.stateMachine.stateMachineArn;
    this.fleetMachineArn = fleetMachine.stateMachine.stateMachineArn;
    this.alarmTopicArn = alarms.topic.topicArn;
    this.apiUrl = api.url;

    new EngineParameters(this, 'Parameters', { engine: this });
    new EngineDashboard(this, 'Dashboard', { alarms, queue, stateMachine: machine.stateMachine });
  }

  #letAwsAgentsIn(toHosts: Omit<SecretDoorProps, 'keys'>) {
    const { alarms, logRetention } = toHosts;
    const keys = new InstallationKeys(this, 'Keys', { alarms, logRetention });
    return { keys, door: new SecretDoor(this, 'SecretDoor', { ...toHosts, keys }) };
  }
}
