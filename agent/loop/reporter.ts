import { errorText } from '../log/agent-log.ts';
import type { Log } from '../log/agent-log.ts';
import type { Answer } from '../protocol/answer.ts';
import { CommandServiceError } from '../protocol/command-service-error.ts';
import type { CommandService } from '../protocol/command-service.ts';
import { ERROR_CODES } from '../protocol/wire.ts';
import type { Completion } from '../protocol/wire.ts';
import type { CommandRecords, LeftBehind } from '../state/command-records.ts';
import { backoffMs } from './backoff.ts';
import type { Timing } from './timing.ts';

const BACKOFF = { firstMs: 500, longestMs: 60_000 };
/** A completion that the service understands and refuses will not get better by repeating. */
const ATTEMPTS_WHEN_REFUSED = 5;

/**
 * Reports the ends of commands. A report must not get lost: it is on disk before it is sent, is sent until it is
 * accepted, and what an earlier agent could not deliver is delivered by the next one.
 */
export class Reporter {
  readonly #service: Pick<CommandService, 'complete'>;
  readonly #records: CommandRecords;
  readonly #log: Log;
  readonly #timing: Timing;

  constructor(service: Pick<CommandService, 'complete'>, records: CommandRecords, log: Log, timing: Timing) {
    this.#service = service;
    this.#records = records;
    this.#log = log;
    this.#timing = timing;
  }

  /** @returns what the service wants next */
  async report(deploymentId: string, completion: Completion, stop: AbortSignal): Promise<Answer> {
    await this.#records.end(deploymentId, completion).catch((error: unknown) => {
      this.#log.error('a completion cannot be kept on disk', { deploymentId, error: errorText(error) });
    });
    return this.#deliver(deploymentId, completion, stop);
  }

  /** Reports what an earlier agent left behind: a command that it never ended has failed. */
  async recover(stop: AbortSignal): Promise<Answer> {
    let answer: Answer = {};
    for (const leftBehind of await this.#records.leftBehind()) {
      this.#log.warn('reporting a command of before the restart', {
        deploymentId: leftBehind.deploymentId,
        kind: leftBehind.kind,
      });
      answer = await this.report(leftBehind.deploymentId, completionOf(leftBehind), stop);
    }
    return answer;
  }

  async #deliver(deploymentId: string, completion: Completion, stop: AbortSignal): Promise<Answer> {
    for (let failures = 1; ; failures += 1) {
      try {
        const answer = await this.#service.complete(completion);
        await this.#records.forget(deploymentId);
        return answer;
      } catch (error) {
        const isRefused = error instanceof CommandServiceError && !error.mayPass;
        this.#log.error('a completion was not accepted', { deploymentId, failures, error: errorText(error) });
        if (isRefused && failures >= ATTEMPTS_WHEN_REFUSED) {
          await this.#records.forget(deploymentId);
          return {};
        }
        // When the agent has to stop, the report waits on disk for its successor.
        if (stop.aborted) return {};
        await this.#timing.pause(backoffMs(failures, BACKOFF, this.#timing.random()), stop);
      }
    }
  }
}

function completionOf(leftBehind: LeftBehind): Completion {
  if (leftBehind.kind === 'unreported') return leftBehind.completion;
  return {
    HostCommandIdentifier: leftBehind.hostCommandIdentifier,
    CommandStatus: 'Failed',
    Diagnostics: {
      error_code: ERROR_CODES.FAILED_AFTER_RESTART,
      script_name: '',
      message: 'Failed: Failing in-progress lifecycle event after an agent restart.',
      log: '',
    },
    NoopEvents: [],
  };
}
