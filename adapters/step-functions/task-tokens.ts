import { SendTaskSuccessCommand, type SFNClient, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn';

/** Wakes states that wait. */
export interface TaskTokens {
  /** `late`: the state has its answer, timed out, or its execution is over. Someone was faster, which is no fault. */
  answer(taskToken: string, output: unknown): Promise<'answered' | 'late'>;
}

export class StepFunctionsTaskTokens implements TaskTokens {
  readonly #client: SFNClient;

  constructor(client: SFNClient) {
    this.#client = client;
  }

  async answer(taskToken: string, output: unknown): Promise<'answered' | 'late'> {
    try {
      await this.#client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
      return 'answered';
    } catch (error) {
      if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist) return 'late';
      throw error;
    }
  }
}
