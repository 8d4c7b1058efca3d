import { StepFunctionsTaskTokens } from '../../adapters/step-functions/task-tokens.ts';
import { TableDeploymentGroups } from '../../adapters/table/deployment-groups.ts';
import { TableTargets } from '../../adapters/table/targets.ts';
import { TableHosts } from '../../adapters/table/hosts.ts';
import { TableMailboxes } from '../../adapters/table/mailboxes.ts';
import { TableRollouts } from '../../adapters/table/rollouts.ts';
import { TableSharedActions } from '../../adapters/table/shared-actions.ts';
import { TableFleets } from '../../adapters/table/fleet-places.ts';
import { TableSurroundings } from '../../adapters/table/surroundings.ts';
import { TableStandbyNotes } from '../../adapters/table/standby-notes.ts';
import { Table } from '../../adapters/table/table.ts';
import type { TargetRequest } from '../../core/target-request.ts';
import { answer } from '../../lambdas/commands/answer.ts';
import type { Engine } from '../../lambdas/engine.ts';
import { watchHost } from '../../lambdas/heartbeat/watch-host.ts';
import { moveTraffic, type MoveTrafficRequest } from '../../lambdas/traffic/move-traffic.ts';
import { MemoryTargetGroups } from '../lambdas/doubles/memory-target-groups.ts';
import { carryOut, type StepRequest } from '../../lambdas/orchestrator/step.ts';
import { instanceDeployment } from '../../lib/machines/instance-deployment.ts';
import { anAgentCall, HOST_ARN } from '../lambdas/doubles/agent-call.ts';
import {
  RecordedLifecycleActions,
  RecordedNotifications,
  RecordedTelemetry,
} from '../lambdas/doubles/recorded-engine.ts';
import { MemoryStandbyGroups } from '../lambdas/doubles/memory-standby.ts';
import { FUNCTION_ARN, startStatesGround, type StatesGround } from '../rehearsal/states/states-ground.ts';
import { createDynamoDbPart } from './dynamodb-part.ts';

const TABLE_NAME = 'slipway';

const MACHINE = instanceDeployment({
  partition: 'aws',
  orchestratorFunctionArn: `${FUNCTION_ARN}orchestrator`,
  heartbeatFunctionArn: `${FUNCTION_ARN}heartbeat`,
  trafficFunctionArn: `${FUNCTION_ARN}traffic`,
  tableName: TABLE_NAME,
});

/** The machine that ships, on the rehearsal's Step Functions and DynamoDB, with its functions in this process. */
export interface EngineGround {
  readonly states: StatesGround;
  readonly engine: Engine;
  /** Every call to the table so far, by the name of its command. */
  readonly tableCalls: readonly string[];
  readonly lifecycleActions: RecordedLifecycleActions;
  readonly telemetry: RecordedTelemetry;
  readonly targetGroups: MemoryTargetGroups;
  /** Steps whose function throws instead of doing its work. */
  readonly broken: Set<StepRequest['step']>;
  start(request: TargetRequest): Promise<string>;
  /** A host that polls until it is given a command, and reports each of a leg at once. */
  work(status?: (event: string) => 'Succeeded' | 'Failed'): Promise<void>;
  close(): Promise<void>;
}

export async function startEngineGround({ speed = 1 } = {}): Promise<EngineGround> {
  const { part, client, calls } = createDynamoDbPart();
  const states = await startStatesGround({ speed, parts: [part] });
  const { ground } = states.test;
  const table = new Table(client, TABLE_NAME);
  const clock = (): number => ground.clock.now();
  const lifecycleActions = new RecordedLifecycleActions();
  const standbyGroups = new MemoryStandbyGroups();
  const telemetry = new RecordedTelemetry();
  const targetGroups = new MemoryTargetGroups();
  const engine: Engine = {
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
    deploymentGroups: new TableDeploymentGroups(table, Date.now),
    taskTokens: new StepFunctionsTaskTokens(states.client),
    lifecycleActions,
    notifications: new RecordedNotifications(),
    telemetry,
    clock,
  };
  const broken = new Set<StepRequest['step']>();
  states.functions['orchestrator'] = (request: StepRequest) => {
    if (broken.has(request.step)) throw new Error(`${request.step} is broken`);
    return carryOut(request, engine);
  };
  states.functions['heartbeat'] = ({ request }: { request: TargetRequest }) => watchHost(request, engine);
  states.functions['traffic'] = (request: MoveTrafficRequest) => moveTraffic(request, { ...engine, targetGroups });

  return {
    states,
    engine,
    tableCalls: calls,
    lifecycleActions,
    telemetry,
    targetGroups,
    broken,
    start: (request) => states.start(MACHINE, request),
    work: (status = () => 'Succeeded') => work(engine, status),
    close: async () => {
      await states.close();
    },
  };
}

/** The host here has an agent of ours, which is given nothing signed. */
const noKeys = (): Promise<never> => Promise.reject(new Error('There are no keys on this ground'));

interface Command {
  readonly HostCommandIdentifier: string;
  readonly CommandName: string;
}

async function work(engine: Engine, status: (event: string) => 'Succeeded' | 'Failed'): Promise<void> {
  const call = async (operation: string, input: object): Promise<{ command?: Command | null | undefined }> => {
    const { body } = (await answer(anAgentCall(operation, input), { ...engine, installationKeys: noKeys })) as {
      body: string;
    };
    const parsed = JSON.parse(body) as { HostCommand?: Command; Slipway: { HostCommand?: Command | null } };
    return { command: parsed.HostCommand ?? parsed.Slipway.HostCommand };
  };
  let { command } = await call('PollHostCommand', { HostIdentifier: HOST_ARN });
  while (!command) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    ({ command } = await call('PollHostCommand', { HostIdentifier: HOST_ARN }));
  }
  while (command) {
    ({ command } = await call('PutHostCommandComplete', {
      HostCommandIdentifier: command.HostCommandIdentifier,
      CommandStatus: status(command.CommandName),
    }));
  }
}
