import { fleetDeployment } from '../../lib/machines/fleet-deployment.ts';
import { instanceDeployment } from '../../lib/machines/instance-deployment.ts';
import { StatesAccount } from '../../rehearsal/states/account.ts';
import { operationsOf } from '../../rehearsal/states/api/operations.ts';
import type { AwsRequest } from '../../rehearsal/endpoint/service.ts';
import type { Ground } from '../../rehearsal/part.ts';
import type { Json } from '../../rehearsal/states/language/json.ts';
import { parseDefinition } from '../../rehearsal/states/language/parse-definition.ts';
import { StatesError } from '../../rehearsal/states/language/states-error.ts';
import type { Execution } from '../../rehearsal/states/run/execution.ts';
import { DEFAULT_SETTINGS } from '../../rehearsal/states/state-machine.ts';
import type { MemoryDocuments } from '../../test/adapters/table/memory/memory-documents.ts';
import type { InProcess } from '../engine/clients.ts';
import type { Functions } from '../engine/functions.ts';
import { TABLE_NAME } from '../engine/ports.ts';
import type { Faults } from '../faults/faults.ts';
import { ACCOUNT_ID, REGION } from './ground.ts';
import { ServicesInProcess } from './integrations.ts';

const ARN = `arn:aws:states:${REGION}:${ACCOUNT_ID}:stateMachine:`;
export const INSTANCE_MACHINE_ARN = `${ARN}InstanceDeployment`;
export const FLEET_MACHINE_ARN = `${ARN}FleetDeployment`;

const FUNCTION_ARN = `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:`;
const PLACE = { partition: 'aws', tableName: TABLE_NAME };

/** The machines that ship. Read once: what a definition says does not change from life to life. */
const MACHINES = [
  machine('InstanceDeployment', {
    definition: instanceDeployment({
      ...PLACE,
      orchestratorFunctionArn: `${FUNCTION_ARN}orchestrator`,
      heartbeatFunctionArn: `${FUNCTION_ARN}heartbeat`,
      trafficFunctionArn: `${FUNCTION_ARN}traffic`,
    }),
  }),
  machine('FleetDeployment', {
    definition: fleetDeployment({
      ...PLACE,
      fleetFunctionArn: `${FUNCTION_ARN}fleet`,
      instanceDeploymentArn: INSTANCE_MACHINE_ARN,
    }),
  }),
];

/** The rehearsal's Step Functions with the engine's machines. */
export interface StateMachines {
  readonly operations: InProcess;
  readonly account: StatesAccount;
  close(): void;
}

/** @param reached what the tasks of the machines use; the functions are known later, as they use the machines */
export function stateMachinesOf(
  ground: Ground,
  reached: { readonly documents: MemoryDocuments; readonly faults: Faults; readonly functions: () => Functions },
): StateMachines {
  const services = new ServicesInProcess({
    clock: ground.clock,
    faults: reached.faults,
    documents: reached.documents,
    get functions() {
      return reached.functions();
    },
    startExecution: (machineArn, name, input): Execution => startOnce(account, machineArn, name, input),
  });
  const account: StatesAccount = new StatesAccount(ground, services);
  for (const known of MACHINES) account.machines.set(known.arn, known);
  const unsigned = {} as AwsRequest; // no operation looks at who asks
  return {
    operations: Object.fromEntries(
      Object.entries(operationsOf(account)).map(([name, operation]) => [name, (input) => operation(input, unsigned)]),
    ),
    account,
    close: () => {
      account.close();
    },
  };
}

/** As `states:startExecution` does it for a machine: a name that is taken is an error, unless its execution runs. */
function startOnce(account: StatesAccount, machineArn: string, name: string, input: Json): Execution {
  const known = account.machines.get(machineArn);
  if (!known) throw new Error(`There is no ${machineArn}`);
  const namesake = account.executions.get(account.arn('execution', `${known.name}:${name}`));
  if (!namesake) return account.start(known, name, input);
  if (namesake.status === 'RUNNING' || input === null) return namesake;
  throw new StatesError('StepFunctions.ExecutionAlreadyExistsException', `Execution Already Exists: '${name}'`);
}

function machine(name: string, { definition }: { readonly definition: object }) {
  const definitionText = JSON.stringify(definition);
  return {
    arn: ARN + name,
    name,
    definition: parseDefinition(definitionText),
    definitionText,
    roleArn: `arn:aws:iam::${ACCOUNT_ID}:role/${name}`,
    ...DEFAULT_SETTINGS,
    createdAt: 0,
    updatedAt: 0,
    tags: new Map<string, string>(),
  };
}
