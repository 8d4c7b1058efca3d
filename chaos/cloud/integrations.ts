import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';

import type { Clock } from '../../rehearsal/clock.ts';
import { serviceTaskEvents } from '../../rehearsal/states/history/task-events.ts';
import type { Integration, TaskCall, TaskServices } from '../../rehearsal/states/integrations/integration.ts';
import { joinExecution } from '../../rehearsal/states/integrations/join-execution.ts';
import { parseResource } from '../../rehearsal/states/integrations/resource-arn.ts';
import { isObject, type Json, type JsonObject } from '../../rehearsal/states/language/json.ts';
import { StatesError } from '../../rehearsal/states/language/states-error.ts';
import type { Execution } from '../../rehearsal/states/run/execution.ts';
import type { MemoryDocuments } from '../../test/adapters/table/memory/memory-documents.ts';
import type { FunctionName, Functions } from '../engine/functions.ts';
import type { Faults } from '../faults/faults.ts';
import { callOfTask, type ErrorNames } from './task-faults.ts';

/** What the tasks of the engine's machines reach. */
interface Reached {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly functions: Functions;
  readonly documents: MemoryDocuments;
  /** Starts an execution, or finds the one of that name. @throws StatesError */
  startExecution(machineArn: string, name: string, input: Json): Execution;
}

/** The services that the engine's machines use, in this process. A machine that names another is an error. */
export class ServicesInProcess implements TaskServices {
  readonly #reached: Reached;

  constructor(reached: Reached) {
    this.#reached = reached;
  }

  prepare(resource: string): Promise<void> {
    this.of(resource);
    return Promise.resolve();
  }

  of(resource: string): Integration {
    const parsed = parseResource(resource);
    if (!parsed || parsed.kind === 'function') throw new Error(`No machine of the engine uses ${resource}`);
    const { kind, service, action, suffix } = parsed;
    const type = kind === 'aws-sdk' ? `aws-sdk:${service}` : service;
    const events = serviceTaskEvents(type, action + suffix, 'us-east-1');
    const pattern = suffix === '.waitForTaskToken' ? 'waitForTaskToken' : 'requestResponse';
    switch (`${type}:${action}`) {
      case 'lambda:invoke':
        return { name: type, events, pattern, start: (call) => this.#invoke(call) };
      case 'aws-sdk:dynamodb:updateItem':
        return { name: type, events, pattern, start: (call) => this.#update(call) };
      case 'states:startExecution':
        return {
          name: type,
          events,
          pattern: 'sync',
          start: (call) => this.#start(call),
          join: (_, end) => this.#join(_, end),
        };
      default:
        throw new Error(`No machine of the engine uses ${resource}`);
    }
  }

  close(): void {
    // nothing is open
  }

  async #invoke({ parameters }: TaskCall): Promise<Json> {
    const { FunctionName, Payload = null } = membersOf(parameters);
    const name = String(FunctionName).split(':').at(-1) as FunctionName;
    try {
      const result = await this.#reached.functions.invoke(name, Payload as never);
      return { Payload: asJson(result) };
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      throw new StatesError(errorType, JSON.stringify({ errorType, errorMessage }));
    }
  }

  async #update({ parameters }: TaskCall): Promise<Json> {
    const { Key, ExpressionAttributeValues, ...rest } = membersOf(parameters);
    const command = new UpdateCommand({
      ...(rest as { TableName: string }),
      Key: plainAttributes(Key),
      ExpressionAttributeValues: plainAttributes(ExpressionAttributeValues),
    });
    try {
      await callOfTask(OF_DYNAMODB, () => this.#reached.documents.client().send(command), this.#reached);
      return {};
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      throw new StatesError('DynamoDb.ConditionalCheckFailedException', error.message);
    }
  }

  async #start({ parameters }: TaskCall): Promise<Json> {
    const { StateMachineArn, Name, Input = {} } = membersOf(parameters);
    const start = () => this.#reached.startExecution(String(StateMachineArn), String(Name), Input);
    const execution = await callOfTask(OF_STATES, start, this.#reached);
    return { ExecutionArn: execution.plan.arn, Name: String(Name), Arn: String(StateMachineArn) };
  }

  #join(started: Json, settled: AbortSignal): Promise<Json> {
    const { Arn, Name } = membersOf(started);
    const execution = this.#reached.startExecution(String(Arn), String(Name), null);
    return joinExecution(execution, { parse: true, settled, mayStop: () => Promise.resolve(true) });
  }
}

const OF_DYNAMODB: ErrorNames = {
  throttled: 'DynamoDb.ProvisionedThroughputExceededException',
  broken: 'DynamoDb.InternalServerErrorException',
  unanswered: 'DynamoDb.SdkClientException',
};

const OF_STATES: ErrorNames = {
  throttled: 'StepFunctions.ThrottlingException',
  broken: 'StepFunctions.AWSStepFunctionsException',
  unanswered: 'StepFunctions.SdkClientException',
};

const membersOf = (value: Json): JsonObject => (isObject(value) ? value : {});

const asJson = (value: unknown): Json => (value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json));

/** `{"S": "text"}` as the document client would read it; the machines write texts and truth values alone. */
function plainAttributes(attributes: Json | undefined): Record<string, unknown> {
  const entries = Object.entries(isObject(attributes ?? null) ? (attributes as JsonObject) : {});
  return Object.fromEntries(entries.map(([name, value]) => [name, Object.values(membersOf(value))[0]]));
}
