import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  paginateGetExecutionHistory,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { DescribeExecutionOutput, HistoryEvent } from '@aws-sdk/client-sfn';
import type { AwsRequest, AwsResponse } from '../../../rehearsal/endpoint/service.ts';
import type { Part } from '../../../rehearsal/part.ts';
import { createStatesPart } from '../../../rehearsal/states/create-states-part.ts';
import { startTestGround } from '../ground.ts';
import type { TestGround } from '../ground.ts';

/** A function by its name: takes the payload, returns or throws. */
type FakeFunction = (payload: never, request: AwsRequest) => unknown;

/** Step Functions on a test ground, with functions that answer in this process. */
export interface StatesGround {
  readonly test: TestGround;
  readonly client: SFNClient;
  readonly functions: Record<string, FakeFunction>;
  /** Creates a machine from states (JSONata throughout) and starts it. @returns the execution's ARN */
  start(machine: object, input?: unknown): Promise<string>;
  /** As `start`, and waits for the end. */
  run(machine: object, input?: unknown): Promise<Outcome>;
  finished(executionArn: string): Promise<Outcome>;
  close(): Promise<void>;
}

interface Outcome extends DescribeExecutionOutput {
  /** The output, parsed. */
  readonly value: unknown;
  readonly events: readonly HistoryEvent[];
  /** `<id> <- <previous id> <type> <name or index>`, one line for each event. */
  readonly course: readonly string[];
}

export const ROLE_ARN = 'arn:aws:iam::123456789012:role/machine';
export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:';

export async function startStatesGround({ speed = 1, parts = [] as Part[] } = {}): Promise<StatesGround> {
  const functions: Record<string, FakeFunction> = {};
  const test = await startTestGround((ground) => [createStatesPart(ground), fakeLambda(functions), ...parts], {
    speed,
  });
  const client = new SFNClient(test.client);
  let machines = 0;

  const start = async (machine: object, input: unknown = {}): Promise<string> => {
    const { stateMachineArn } = await client.send(
      new CreateStateMachineCommand({
        name: `machine-${(machines += 1)}`,
        roleArn: ROLE_ARN,
        definition: JSON.stringify({ QueryLanguage: 'JSONata', ...machine }),
      }),
    );
    const started = await client.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
    return started.executionArn ?? '';
  };

  const finished = async (executionArn: string): Promise<Outcome> => {
    for (;;) {
      const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
      if (execution.status !== 'RUNNING') {
        const events = await historyOf(client, executionArn);
        const value: unknown = execution.output === undefined ? undefined : JSON.parse(execution.output);
        return { ...execution, value, events, course: events.map(describe) };
      }
      await sleep(5);
    }
  };

  return {
    test,
    client,
    functions,
    start,
    finished,
    run: async (machine, input) => finished(await start(machine, input)),
    async close() {
      client.destroy();
      await test.close();
    },
  };
}

async function historyOf(client: SFNClient, executionArn: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client }, { executionArn, maxResults: 1000 })) {
    events.push(...(page.events ?? []));
  }
  return events;
}

function describe(event: HistoryEvent): string {
  const details =
    event.stateEnteredEventDetails?.name ??
    event.stateExitedEventDetails?.name ??
    event.mapIterationStartedEventDetails?.index ??
    event.mapIterationSucceededEventDetails?.index ??
    event.mapIterationFailedEventDetails?.index ??
    event.mapIterationAbortedEventDetails?.index ??
    '';
  return `${event.id} <- ${event.previousEventId} ${event.type} ${details}`.trim();
}

/** Lambda as far as Step Functions sees it: Invoke, with errors as Lambda reports them. */
function fakeLambda(functions: Record<string, FakeFunction>): Part {
  const invoke = async (request: AwsRequest): Promise<AwsResponse> => {
    const [, name = ''] = /functions\/([^/]+)\/invocations/.exec(decodeURIComponent(request.path)) ?? [];
    const handler = functions[name.split(':').at(-1) ?? ''];
    if (!handler) return refusal('ResourceNotFoundException', 404, `Function not found: ${name}`);
    try {
      const payload = (request.body.length > 0 ? JSON.parse(request.body.toString()) : undefined) as never;
      const result = await handler(payload, request);
      return { status: 200, headers: { 'x-amz-executed-version': '$LATEST' }, body: JSON.stringify(result ?? null) };
    } catch (error) {
      if (error instanceof Refusal) return refusal(error.message, 429, 'Rate Exceeded.');
      const { name: errorType, message: errorMessage } = error as Error;
      const body = JSON.stringify({ errorType, errorMessage, trace: [] });
      return { status: 200, headers: { 'x-amz-function-error': 'Unhandled' }, body };
    }
  };
  return {
    services: [{ signingNames: ['lambda'], handle: invoke }],
    resourceTypes: {},
    close: () => Promise.resolve(),
  };
}

/** Thrown by a fake function, makes Lambda itself refuse the call. */
export class Refusal extends Error {}

const refusal = (code: string, status: number, message: string): AwsResponse => ({
  status,
  headers: { 'x-amzn-errortype': code, 'content-type': 'application/json' },
  body: JSON.stringify({ Message: message }),
});
