import type { X509Certificate } from 'node:crypto';
import { errorText } from '../log/agent-log.ts';
import type { Log } from '../log/agent-log.ts';
import type { Answer, Assignment } from '../protocol/answer.ts';
import type { CommandService } from '../protocol/command-service.ts';
import type { DeploymentSpecification } from '../protocol/deployment-specification.ts';
import { readDeploymentSpecification } from '../protocol/deployment-specification.ts';
import type { Completion, HostCommand } from '../protocol/wire.ts';
import type { CommandRecords } from '../state/command-records.ts';
import type { StatusFile } from '../status/status-file.ts';
import { backoffMs } from './backoff.ts';
import { giveBackMemory } from './give-back-memory.ts';
import type { EventEquipment, EventOutcome } from './carry-out-event.ts';
import { endedBy } from './ended-by.ts';
import { carryOutEvent, failed, isNoop, noopEventsAtHead } from './carry-out-event.ts';
import type { Reporter } from './reporter.ts';
import { tellingProgress } from './tell-progress.ts';
import type { Timing } from './timing.ts';

const BACKOFF = { firstMs: 2_000, longestMs: 90_000 };

export interface LoopParts {
  readonly service: CommandService;
  readonly records: CommandRecords;
  readonly reporter: Reporter;
  readonly equipment: EventEquipment;
  readonly log: Log;
  readonly status: Pick<StatusFile, 'begins' | 'ends'>;
  readonly timing: Timing;
  /** Whose signature deployment specifications must bear. @default none */
  readonly specificationSigner?: X509Certificate;
  /** Pause between polls where the service sets no pace. */
  readonly waitBetweenRunsMs: number;
}

/**
 * Asks for commands and carries them out, one at a time. Polls only while it has nothing to do: the answer to a
 * completion brings the next command of the leg.
 */
export class AgentLoop {
  readonly #parts: LoopParts;
  readonly #startedAtMs: number;
  /** The specification of the leg under way: it comes with the leg's first command. */
  #current: { readonly executionId: string; readonly specification: DeploymentSpecification } | undefined;
  /** The report last delivered. */
  #last: Completion | undefined;

  constructor(parts: LoopParts) {
    this.#parts = parts;
    this.#startedAtMs = parts.timing.now();
  }

  /** Runs until the signal is aborted. A command that is under way then is finished first. */
  async run(stop: AbortSignal): Promise<void> {
    let answer: Answer = { pollAfterSeconds: 0, ...(await this.#parts.reporter.recover(stop)) };
    let failures = 0;
    while (!stop.aborted) {
      try {
        if (answer.assignment) {
          answer = await this.#carryOut(answer.assignment, stop);
          if (!answer.assignment) giveBackMemory();
        } else {
          await this.#pauseFor(answer, stop);
          if (!stop.aborted) answer = await this.#poll(stop);
        }
        failures = 0;
      } catch (error) {
        if (stop.aborted) return;
        failures += 1;
        this.#parts.log.warn('the command service cannot be used', { failures, error: errorText(error) });
        answer = { pollAfterSeconds: backoffMs(failures, BACKOFF, this.#parts.timing.random()) / 1000 };
      }
    }
  }

  #poll(stop: AbortSignal): Promise<Answer> {
    const { service, timing } = this.#parts;
    return service.poll(Math.round((timing.now() - this.#startedAtMs) / 1000), stop);
  }

  #pauseFor({ pollAfterSeconds }: Answer, stop: AbortSignal): Promise<void> {
    const ms = pollAfterSeconds === undefined ? this.#parts.waitBetweenRunsMs : pollAfterSeconds * 1000;
    return this.#parts.timing.pause(ms, stop);
  }

  async #carryOut(assignment: Assignment, stop: AbortSignal): Promise<Answer> {
    const { reporter, log } = this.#parts;
    const { command } = assignment;
    if (command.HostCommandIdentifier === this.#last?.HostCommandIdentifier) return this.#repeat(this.#last);
    let specification: DeploymentSpecification;
    try {
      specification = await this.#specificationFor(assignment);
    } catch (error) {
      log.error('a deployment specification cannot be used', { event: command.CommandName, error: errorText(error) });
      return reporter.report('unusable-specification', completionOf(command, failed(error)), stop);
    }
    if (!assignment.isAcknowledged && !(await this.#acknowledge(command, specification))) return {};
    return this.#carryOutAcknowledged(assignment, specification, stop);
  }

  /** The service asks again for what it was told: it gets the same answer, and no script runs twice. */
  async #repeat(completion: Completion): Promise<Answer> {
    const { assignment, ...pace } = await this.#parts.service.complete(completion);
    const isNew = assignment && assignment.command.HostCommandIdentifier !== completion.HostCommandIdentifier;
    return isNew ? { ...pace, assignment } : pace;
  }

  async #carryOutAcknowledged(
    { command, remainingEvents }: Assignment,
    specification: DeploymentSpecification,
    stop: AbortSignal,
  ): Promise<Answer> {
    const { reporter, equipment, log, status } = this.#parts;
    const { deploymentId } = specification;
    const fields = { deploymentId, event: command.CommandName };
    log.info('lifecycle event begins', fields);
    status.begins(deploymentId, command.CommandName);
    const outcome = await this.#recordAndCarryOut(command, specification);
    status.ends();
    const noops =
      outcome.status === 'Succeeded' ? await noopEventsAtHead(remainingEvents, specification, equipment) : [];
    log.info('lifecycle event ends', { ...fields, status: outcome.status, reason: outcome.diagnostics.message });
    this.#last = completionOf(command, outcome, noops);
    return reporter.report(deploymentId, this.#last, stop);
  }

  /** On record before it begins; a command that cannot be recorded is not begun. */
  async #recordAndCarryOut(command: HostCommand, specification: DeploymentSpecification): Promise<EventOutcome> {
    try {
      await this.#parts.records.begin(specification.deploymentId, command.HostCommandIdentifier);
    } catch (error) {
      return failed(error);
    }
    return tellingProgress(command.HostCommandIdentifier, this.#parts, (withdrawn) =>
      carryOutEvent(command.CommandName, specification, endedBy(withdrawn, this.#parts.equipment)),
    );
  }

  async #specificationFor({ command, envelope }: Assignment): Promise<DeploymentSpecification> {
    const executionId = command.DeploymentExecutionId;
    if (!envelope && this.#current?.executionId === executionId) return this.#current.specification;
    const found = envelope ?? (await this.#parts.service.deploymentSpecification(executionId));
    const specification = readDeploymentSpecification(found, this.#parts.specificationSigner);
    this.#current = { executionId, specification };
    return specification;
  }

  /** @returns whether the command is still wanted */
  async #acknowledge(command: HostCommand, specification: DeploymentSpecification): Promise<boolean> {
    const { service, equipment } = this.#parts;
    const noop = await isNoop(command.CommandName, specification, equipment);
    const status = await service.acknowledge(command.HostCommandIdentifier, noop);
    if (status === 'Succeeded') return false; // another copy of the command runs, or ran
    return status !== 'Failed' || noop;
  }
}

function completionOf(command: HostCommand, outcome: EventOutcome, noopEvents: readonly string[] = []): Completion {
  return {
    HostCommandIdentifier: command.HostCommandIdentifier,
    CommandStatus: outcome.status,
    Diagnostics: outcome.diagnostics,
    NoopEvents: noopEvents,
  };
}
