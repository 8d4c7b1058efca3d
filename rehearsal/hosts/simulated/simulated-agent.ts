import type { Clock } from '../../clock.ts';
import { CommandServiceError } from './command-service.ts';
import type { CommandAnswer, CommandService, Completion, HostCommand } from './command-service.ts';
import { noopEvents } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** How a simulated agent behaves. */
interface AgentBehaviour {
  /** Rehearsed milliseconds before the first poll: a machine boots, and user data installs the agent. */
  readonly bootMs: number;
  /** Rehearsed milliseconds that a lifecycle event takes, those reported as no-ops apart. */
  eventMs(): number;
  /** Wall milliseconds: the longest pause between two polls, whatever the service asks for. */
  readonly longestPollPauseMs: number;
  outcome(event: string): Outcome;
  /** Told what has succeeded, before the service is. @param deployment its execution id */
  succeeded(event: string, deployment: string): Promise<void>;
  /** Told what goes wrong between agent and service. */
  warn(message: string): void;
}

/** The agent's error code for a script that failed. */
const SCRIPT_FAILED = 4;
/** Wall milliseconds between attempts: they double from the first to the second. */
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 8000;
const DEFAULT_POLL_SECONDS = 15;

/** The host agent's loop without its scripts: polls, and answers the events handed to it. */
export class SimulatedAgent {
  readonly #hostIdentifier: string;
  readonly #service: CommandService;
  readonly #clock: Clock;
  readonly #behaviour: AgentBehaviour;
  readonly #signal: AbortSignal;
  readonly #bornAtMs: number;

  constructor(settings: {
    hostIdentifier: string;
    service: CommandService;
    clock: Clock;
    behaviour: AgentBehaviour;
    signal: AbortSignal;
  }) {
    this.#hostIdentifier = settings.hostIdentifier;
    this.#service = settings.service;
    this.#clock = settings.clock;
    this.#behaviour = settings.behaviour;
    this.#signal = settings.signal;
    this.#bornAtMs = settings.clock.now();
  }

  /** Resolves when the agent has fallen silent; rejects when the signal ends it. */
  async run(): Promise<void> {
    if (this.#behaviour.bootMs > 0) await this.#clock.sleep(this.#behaviour.bootMs, this.#signal);
    for (;;) {
      const answer = await this.#insist(() => this.#service.poll(this.#hostIdentifier, this.#uptimeSeconds()));
      const isAlive = await this.#carryOut(answer.HostCommand, answer.Slipway?.RemainingEvents);
      if (!isAlive) return;
      await this.#pause(answer.Slipway?.PollAfterSeconds ?? DEFAULT_POLL_SECONDS);
    }
  }

  /** Runs a leg from its first command on, as far as the service hands out the next. @returns false when the agent died */
  async #carryOut(first: HostCommand | null | undefined, events: readonly string[] = []): Promise<boolean> {
    let [command, remaining] = [first, events];
    while (command) {
      const current = command;
      const outcome = this.#behaviour.outcome(current.CommandName);
      if (outcome === 'silent') return false;
      const eventMs = this.#behaviour.eventMs();
      if (eventMs > 0) await this.#clock.sleep(eventMs, this.#signal);
      const completion = this.#completion(current.CommandName, outcome, remaining);
      await this.#tellOfSuccess(current, completion);
      const { Slipway: next } = await this.#insist(() => this.#service.complete(current, completion));
      [command, remaining] = [next?.HostCommand, next?.RemainingEvents ?? []];
    }
    return true;
  }

  async #tellOfSuccess(command: HostCommand, { status, noopEvents }: Completion): Promise<void> {
    if (status === 'Failed') return;
    for (const event of [command.CommandName, ...noopEvents]) {
      await this.#behaviour.succeeded(event, command.DeploymentExecutionId);
    }
  }

  #completion(event: string, outcome: Outcome, remaining: readonly string[]): Completion {
    if (outcome === 'succeed') {
      const diagnostics = { error_code: 0, script_name: '', message: 'Succeeded', log: '' };
      const noop = noopEvents(remaining, (name) => this.#behaviour.outcome(name));
      return { status: 'Succeeded', diagnostics, noopEvents: noop };
    }
    const script = `scripts/${event}`;
    const message = `Script at specified location: ${script} failed with exit code 1`;
    const diagnostics = { error_code: SCRIPT_FAILED, script_name: script, message, log: '[stderr]simulated failure' };
    return { status: 'Failed', diagnostics, noopEvents: [] };
  }

  /** Tries until the service answers. What it finds wrong with a request does not get better: that ends the leg. */
  async #insist(call: () => Promise<CommandAnswer>): Promise<CommandAnswer> {
    for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2)) {
      try {
        return await call();
      } catch (error) {
        this.#signal.throwIfAborted();
        this.#behaviour.warn((error as Error).message);
        if (error instanceof CommandServiceError && error.status === 400) return {};
        await this.#wallPause(retryMs);
      }
    }
  }

  #pause(rehearsedSeconds: number): Promise<void> {
    return this.#wallPause(Math.min((rehearsedSeconds * 1000) / this.#clock.speed, this.#behaviour.longestPollPauseMs));
  }

  #wallPause(ms: number): Promise<void> {
    return this.#clock.sleep(ms * this.#clock.speed, this.#signal);
  }

  #uptimeSeconds(): number {
    return Math.floor((this.#clock.now() - this.#bornAtMs) / 1000);
  }
}
