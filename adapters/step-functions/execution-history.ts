import {
  ExecutionDoesNotExist,
  type HistoryEvent,
  paginateGetExecutionHistory,
  type SFNClient,
} from '@aws-sdk/client-sfn';

/** What executions of one state machine went through. */
export interface ExecutionHistory {
  /**
   * When a state of an execution ended well, each time: ISO 8601, in order. None for an execution that is not known, or no
   * more: Step Functions keeps them for 90 days.
   */
  endsOf(executionName: string, stateName: string): Promise<readonly string[]>;
}

export class StateMachineHistory implements ExecutionHistory {
  readonly #client: SFNClient;
  readonly #stateMachineArn: string;

  constructor(client: SFNClient, stateMachineArn: string) {
    this.#client = client;
    this.#stateMachineArn = stateMachineArn;
  }

  async endsOf(executionName: string, stateName: string): Promise<readonly string[]> {
    const executionArn = `${this.#stateMachineArn.replace(':stateMachine:', ':execution:')}:${executionName}`;
    const input = { executionArn, includeExecutionData: false, maxResults: 1000 };
    const events = new Map<number, HistoryEvent>();
    try {
      for await (const page of paginateGetExecutionHistory({ client: this.#client }, input)) {
        for (const event of page.events ?? []) events.set(event.id ?? 0, event);
      }
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return [];
      throw error;
    }
    return [...events.values()]
      .filter(({ type, stateExitedEventDetails }) => {
        return type === 'TaskStateExited' && stateExitedEventDetails?.name === stateName;
      })
      .filter(({ previousEventId = 0 }) => events.get(previousEventId)?.type === 'TaskSucceeded') // else it was caught
      .map(({ timestamp }) => (timestamp ?? new Date(0)).toISOString());
  }
}
