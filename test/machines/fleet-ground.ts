import { CreateStateMachineCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';

import type { DescribedGroup } from '../../adapters/auto-scaling/auto-scaling-groups.ts';
import type { AlarmReading } from '../../adapters/cloudwatch/alarms.ts';
import { StateMachineExecutions } from '../../adapters/step-functions/executions.ts';
import { StepFunctionsTaskTokens } from '../../adapters/step-functions/task-tokens.ts';
import { TableDeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import { TableFleetDeployments } from '../../adapters/table/fleet-deployments.ts';
import { TableStackRequests } from '../../adapters/table/stack-requests.ts';
import { TableFleetTargets } from '../../adapters/table/fleet-targets.ts';
import { TableFleets } from '../../adapters/table/fleet-places.ts';
import { TableLaunchGuards } from '../../adapters/table/launch-guards.ts';
import { TableSurroundings } from '../../adapters/table/surroundings.ts';
import { TableStandbyNotes } from '../../adapters/table/standby-notes.ts';
import { TableGroupDeployments } from '../../adapters/table/group-deployments.ts';
import { TableHosts } from '../../adapters/table/hosts.ts';
import { TableMailboxes } from '../../adapters/table/mailboxes.ts';
import { TableRollouts } from '../../adapters/table/rollouts.ts';
import { TableSharedActions } from '../../adapters/table/shared-actions.ts';
import { Table } from '../../adapters/table/table.ts';
import { TableTargets } from '../../adapters/table/targets.ts';
import type { FleetDeployment, FleetDeploymentOrder } from '../../core/fleet-deployment.ts';
import type { TargetRequest } from '../../core/target-request.ts';
import { answer } from '../../lambdas/commands/answer.ts';
import type { Engine } from '../../lambdas/engine.ts';
import type { FleetEngine } from '../../lambdas/fleet/fleet-engine.ts';
import { carryOut as carryOutFleetStep, type FleetStep } from '../../lambdas/fleet/step.ts';
import { watchHost } from '../../lambdas/heartbeat/watch-host.ts';
import { moveTraffic, type MoveTrafficRequest } from '../../lambdas/traffic/move-traffic.ts';
import { carryOut, type StepRequest } from '../../lambdas/orchestrator/step.ts';
import { fleetDeployment } from '../../lib/machines/fleet-deployment.ts';
import { instanceDeployment } from '../../lib/machines/instance-deployment.ts';
import { anAgentCall } from '../lambdas/doubles/agent-call.ts';
import {
  RecordedLifecycleActions,
  RecordedNotifications,
  RecordedResponses,
  RecordedTelemetry,
} from '../lambdas/doubles/recorded-engine.ts';
import { MemoryStandbyGroups } from '../lambdas/doubles/memory-standby.ts';
import { FUNCTION_ARN, ROLE_ARN, startStatesGround, type StatesGround } from '../rehearsal/states/states-ground.ts';
import { InstantTargetGroups } from './instant-target-groups.ts';
import { createDynamoDbPart } from './dynamodb-part.ts';

const TABLE_NAME = 'slipway';
const MACHINE_ARN = 'arn:aws:states:us-east-1:123456789012:stateMachine:';
const FLEET = `${MACHINE_ARN}FleetDeployment`;
const PROPS = { partition: 'aws', tableName: TABLE_NAME, fleetFunctionArn: `${FUNCTION_ARN}fleet` };

/** What a host does at a lifecycle event. */
export type HostBehaviour = (
  instanceId: string,
  event: string,
) => 'Succeeded' | 'Failed' | Promise<'Succeeded' | 'Failed'>;

/** Both machines that ship, on the rehearsal's Step Functions and DynamoDB, with their functions in this process. */
export interface FleetGround {
  readonly states: StatesGround;
  readonly engine: FleetEngine;
  /** What the deployments to its hosts work with. */
  readonly instanceEngine: Engine;
  readonly telemetry: RecordedTelemetry;
  readonly notifications: RecordedNotifications;
  /** What the Auto Scaling group knows of Standby; a member that it does not know is as it is described. */
  readonly standbyGroups: MemoryStandbyGroups;
  readonly targetGroups: InstantTargetGroups;
  /** What stacks are told. */
  readonly responses: RecordedResponses;
  /** The Auto Scaling group, as it is described. */
  group: DescribedGroup;
  alarms: AlarmReading;
  /** Instances that were terminated, of which nobody tells. */
  readonly gone: Set<string>;
  /** Most hosts that were worked on at the same time. */
  mostAtWork: number;
  /** Instances that a command reached, in order. */
  readonly touched: string[];
  behaviour: HostBehaviour;
  /** Creates a deployment and starts it. @returns the execution's ARN */
  deploy(order: FleetDeploymentOrder): Promise<string>;
  /** Waits for the end of a deployment. */
  ended(deploymentId: string): Promise<FleetDeployment>;
  close(): Promise<void>;
}

export async function startFleetGround({ speed = 100 } = {}): Promise<FleetGround> {
  const { part, client } = createDynamoDbPart();
  const states = await startStatesGround({ speed, parts: [part] });
  const { ground: time } = states.test;
  const table = new Table(client, TABLE_NAME);
  const clock = (): number => time.clock.now();
  const standbyGroups = new MemoryStandbyGroups();
  const telemetry = new RecordedTelemetry();
  const notifications = new RecordedNotifications();
  const responses = new RecordedResponses();
  const shared: Engine = {
    targets: new TableTargets(table, clock),
    hosts: new TableHosts(table, clock),
    mailboxes: new TableMailboxes(table, clock),
    sharedActions: new TableSharedActions(table, clock),
    rollouts: new TableRollouts(table, clock),
    fleets: new TableFleets(table, clock),
    standbyGroups,
    surroundings: new TableSurroundings(table),
    standbyNotes: new TableStandbyNotes(table, clock),
    launches: { settled: () => Promise.resolve(), refused: () => Promise.resolve() },
    deploymentGroups: new TableDeploymentGroups(table, clock),
    taskTokens: new StepFunctionsTaskTokens(states.client),
    lifecycleActions: new RecordedLifecycleActions(),
    notifications,
    telemetry,
    clock,
  };
  const groups = new TableGroupDeployments(table);
  const ground: FleetGround = {
    states,
    telemetry,
    notifications,
    instanceEngine: shared,
    standbyGroups,
    targetGroups: new InstantTargetGroups(),
    responses,
    group: { autoScalingGroupName: 'web-blue', members: [], suspended: [] },
    alarms: { kind: 'read', ringing: [] },
    gone: new Set(),
    mostAtWork: 0,
    touched: [],
    behaviour: () => 'Succeeded',
    engine: {
      ...shared,
      deployments: new TableFleetDeployments(table, groups),
      fleetTargets: new TableFleetTargets(table),
      stackRequests: new TableStackRequests(table),
      groups,
      executions: new StateMachineExecutions(states.client, FLEET),
      respond: responses.respond,
      instances: {
        tagged: () => Promise.resolve([]),
        gone: (ids) => Promise.resolve(ids.filter((id) => ground.gone.has(id))),
      },
      alarms: { read: () => Promise.resolve(ground.alarms) },
      launchGuards: new TableLaunchGuards(table),
      autoScalingGroups: {
        describe: (names) =>
          Promise.resolve([asItStands(ground)].filter((group) => names.includes(group.autoScalingGroupName))),
        suspend: (_, processes) => become([...new Set([...ground.group.suspended, ...processes])]),
        resume: (_, processes) => become(ground.group.suspended.filter((process) => !processes.includes(process))),
      },
    },
    deploy: async (order) => {
      await ground.engine.deployments.create(order);
      const { executionArn } = await states.client.send(
        new StartExecutionCommand({
          stateMachineArn: FLEET,
          name: order.deploymentId,
          input: JSON.stringify({ deploymentId: order.deploymentId }),
        }),
      );
      return executionArn ?? '';
    },
    ended: async (deploymentId) => {
      const { value } = await states.finished(`${FLEET.replace('stateMachine', 'execution')}:${deploymentId}`);
      if (value === undefined) throw new Error(`The execution of ${deploymentId} died`);
      const deployment = await ground.engine.deployments.byId(deploymentId);
      if (!deployment) throw new Error(`There is no deployment ${deploymentId}`);
      return deployment;
    },
    close: async () => {
      await hosts.stop();
      await states.close();
    },
  };
  const become = (suspended: readonly string[]) => {
    ground.group = { ...ground.group, suspended };
    return Promise.resolve('done' as const);
  };

  const hosts = new WorkingHosts(ground, shared);
  states.functions['orchestrator'] = async (request: StepRequest) => {
    const result = await carryOut(request, shared);
    if (request.step === 'runEvents') hosts.wake(request.request.instanceId);
    return result;
  };
  states.functions['heartbeat'] = ({ request }: { request: TargetRequest }) => watchHost(request, shared);
  states.functions['traffic'] = (request: MoveTrafficRequest) =>
    moveTraffic(request, { ...shared, targetGroups: ground.targetGroups });
  states.functions['fleet'] = (step: FleetStep) => carryOutFleetStep(step, ground.engine);
  const machines = {
    InstanceDeployment: instanceDeployment({
      ...PROPS,
      orchestratorFunctionArn: `${FUNCTION_ARN}orchestrator`,
      heartbeatFunctionArn: `${FUNCTION_ARN}heartbeat`,
      trafficFunctionArn: `${FUNCTION_ARN}traffic`,
    }),
    FleetDeployment: fleetDeployment({ ...PROPS, instanceDeploymentArn: `${MACHINE_ARN}InstanceDeployment` }),
  };
  for (const [name, definition] of Object.entries(machines))
    await states.client.send(
      new CreateStateMachineCommand({ name, roleArn: ROLE_ARN, definition: JSON.stringify(definition) }),
    );

  return ground;
}

function asItStands({ group, standbyGroups }: FleetGround): DescribedGroup {
  const members = group.members.map((member) => ({
    ...member,
    lifecycleState: standbyGroups.states.get(member.instanceId) ?? member.lifecycleState,
  }));
  return { ...group, members };
}

/** Members of the group poll when there may be work for them, and do what they are told. */
class WorkingHosts {
  readonly #ground: FleetGround;
  readonly #engine: Engine;
  readonly #busy = new Map<string, Promise<void>>();
  readonly #life = new AbortController();
  readonly #standby: NodeJS.Timeout;

  constructor(ground: FleetGround, engine: Engine) {
    this.#ground = ground;
    this.#engine = engine;
    this.#standby = setInterval(() => {
      ground.standbyGroups.answer();
    }, 5);
  }

  /** Has a host poll, once it is through with what it does. */
  wake(instanceId: string): void {
    if (!this.#ground.group.members.some((member) => member.instanceId === instanceId)) return;
    const before = this.#busy.get(instanceId);
    const work = this.#workAfter(before, instanceId).finally(() => {
      if (this.#busy.get(instanceId) === work) this.#busy.delete(instanceId);
    });
    this.#busy.set(instanceId, work);
    this.#ground.mostAtWork = Math.max(this.#ground.mostAtWork, this.#busy.size);
  }

  async stop(): Promise<void> {
    this.#life.abort();
    clearInterval(this.#standby);
    await Promise.all(this.#busy.values());
  }

  async #workAfter(before: Promise<void> | undefined, instanceId: string): Promise<void> {
    await before;
    if (!this.#life.signal.aborted) await workHost(instanceId, this.#ground, this.#engine, this.#life.signal);
  }
}

interface Command {
  readonly HostCommandIdentifier: string;
  readonly CommandName: string;
}

async function workHost(instanceId: string, ground: FleetGround, engine: Engine, signal: AbortSignal): Promise<void> {
  const userArn = `arn:aws:sts::111122223333:assumed-role/WebRole/${instanceId}`;
  const call = async (operation: string, input: object): Promise<Command | null | undefined> => {
    const { body } = (await answer(anAgentCall(operation, input, { userArn }), {
      ...engine,
      installationKeys: () => Promise.reject(new Error('There are no keys on this ground')),
    })) as { body: string };
    const parsed = JSON.parse(body) as { HostCommand?: Command; Slipway?: { HostCommand?: Command | null } };
    return parsed.HostCommand ?? parsed.Slipway?.HostCommand;
  };
  const HostIdentifier = `arn:aws:ec2:us-east-1:111122223333:instance/${instanceId}`;
  let command = await call('PollHostCommand', { HostIdentifier });
  if (command) ground.touched.push(instanceId);
  while (command && !signal.aborted) {
    const CommandStatus = await ground.behaviour(instanceId, command.CommandName);
    command = await call('PutHostCommandComplete', { ...command, CommandStatus });
  }
}
