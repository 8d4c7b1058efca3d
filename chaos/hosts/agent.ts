import type { Clock } from '../../rehearsal/clock.ts';
import type { Faults } from '../faults/faults.ts';
import { conductAt, unwellMs } from './behaviour.ts';
import { type Command, type CommandService, Refused, type Reply } from './command-service.ts';
import type { Disk } from './disk.ts';

/** What an agent lives on. */
interface Surroundings {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly service: CommandService;
  readonly disk: Disk;
  /** Aborted when the machine ends. */
  readonly signal: AbortSignal;
  /** Whether there may be anything to ask for: an idle fleet need not be waited for. */
  hasWork(): boolean;
  /** Told of each command before it is carried out. */
  begins(command: Command): void;
}

/** An event that is over, for the agent and perhaps for the service. */
interface Finished {
  readonly reply: Reply;
}

/** The agent died with its machine or alone, in the middle of an event; another comes up and asks anew. */
class AgentDied extends Error {
  override readonly name = 'AgentDied';
  readonly backInMs: number;

  constructor(backInMs: number) {
    super(`back in ${backInMs} ms`);
    this.backInMs = backInMs;
  }
}

const POLL_MS = 2000;
const PROGRESS_MS = 60_000;
const RETRY_MS = 3000;

/** A host's agent: the loop of ours without its scripts, and with the mishaps of machines. */
export class Agent {
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Resolves when the agent has hung; rejects when its machine ends. */
  async run(): Promise<void> {
    for (;;) {
      try {
        await this.#poll();
      } catch (error) {
        if (!(error instanceof AgentDied)) throw error;
        await this.#pause(error.backInMs);
      }
    }
  }

  async #poll(): Promise<void> {
    await this.#pause(POLL_MS);
    if (!this.#around.hasWork()) return;
    const { service } = this.#around;
    const reply = await this.#insist('PollHostCommand', { HostIdentifier: service.hostIdentifier });
    let command = reply.HostCommand;
    this.#around.disk.heed(reply.Slipway?.DeploymentSpecification);
    while (command) command = await this.#carryOut(command);
  }

  /** @returns the command that follows at once */
  async #carryOut(command: Command): Promise<Command | undefined> {
    const { faults, disk } = this.#around;
    this.#around.begins(command);
    const conduct = conductAt(faults);
    if (conduct === 'agent hangs') return this.#hang();
    if (conduct === 'agent crashes') return this.#die(command, faults.lots.between(1000, 60_000));
    if (conduct === 'host reboots') return this.#die(command, faults.lots.between(30_000, 150_000));
    const isWanted = await this.#work(command);
    if (!isWanted) return undefined;
    const isBroken = faults.hasBadRevisions && disk.breaksAt(command);
    const CommandStatus = conduct === 'script fails' || isBroken ? 'Failed' : 'Succeeded';
    if (CommandStatus === 'Succeeded') disk.ran(command);
    if (command.CommandName === 'ApplicationStart') disk.unwellUntilMs = this.#around.clock.now() + unwellMs(faults);
    const finished = await this.#report(command, CommandStatus);
    if (conduct === 'agent answers twice') await this.#report(command, CommandStatus);
    return finished.reply.Slipway?.HostCommand ?? undefined;
  }

  /** @returns whether the engine still wants the event when it is over */
  async #work(command: Command): Promise<boolean> {
    const { lots } = this.#around.faults;
    let leftMs = lots.chance(0.1) ? lots.between(30_000, 400_000) : lots.between(100, 20_000);
    while (leftMs > PROGRESS_MS) {
      await this.#pause(PROGRESS_MS);
      leftMs -= PROGRESS_MS;
      const { HostCommandIdentifier } = command;
      const { CommandStatus } = await this.#insist('PostHostCommandUpdate', { HostCommandIdentifier });
      if (CommandStatus === 'Failed') return false;
    }
    await this.#pause(leftMs);
    return true;
  }

  async #report({ HostCommandIdentifier }: Command, CommandStatus: string): Promise<Finished> {
    const Diagnostics = {
      Format: 'JSON',
      Payload: JSON.stringify({
        error_code: CommandStatus === 'Succeeded' ? 0 : 4,
        script_name: 'scripts/run',
        message: CommandStatus,
        log: '',
      }),
    };
    return {
      reply: await this.#insist('PutHostCommandComplete', { HostCommandIdentifier, CommandStatus, Diagnostics }),
    };
  }

  async #die(command: Command, backInMs: number): Promise<never> {
    const { lots } = this.#around.faults;
    await this.#pause(lots.between(100, 20_000));
    // The work may be done, and only the report be missing.
    if (lots.chance(0.5)) this.#around.disk.ran(command);
    throw new AgentDied(backInMs);
  }

  /** Asks until the service answers. What it refuses does not get better. */
  async #insist(operation: string, input: object): Promise<Reply> {
    for (;;) {
      try {
        const reply = await this.#around.service.call(operation, input);
        this.#around.signal.throwIfAborted();
        return reply;
      } catch (error) {
        if (error instanceof Refused) return {};
        await this.#pause(RETRY_MS);
      }
    }
  }

  #pause(ms: number): Promise<void> {
    return this.#around.clock.sleep(ms, this.#around.signal);
  }

  #hang(): Promise<never> {
    this.#around.disk.isSilent = true;
    return new Promise((_, reject) => {
      this.#around.signal.addEventListener('abort', () => reject(this.#around.signal.reason as Error), { once: true });
    });
  }
}
