import { createLineLog } from '../machine/line-log.ts';
import type { LineLog } from '../machine/line-log.ts';
import type { Machine } from '../machine/machine.ts';
import type { ProgramEnd } from '../machine/program.ts';
import { Invocation } from './invocation.ts';
import { endedCleanly, isRestarted } from './restart.ts';
import type { Command, ServiceUnit } from './service-unit.ts';

/** As `systemctl is-active` prints it. */
export type ServiceState = 'inactive' | 'activating' | 'active' | 'deactivating' | 'failed';

/** Keeps one service running as its unit asks. */
export class Service {
  readonly name: string;
  readonly #machine: Machine;
  readonly #log: LineLog;
  #state: ServiceState = 'inactive';
  /** The invocation that counts: one that was replaced or stopped must not report any more. */
  #current: Invocation | undefined;
  #callOffRestart = (): void => undefined;

  /** @param name with its suffix, `web.service` */
  constructor(name: string, machine: Machine) {
    this.name = name;
    this.#machine = machine;
    this.#log = createLineLog(machine, `/var/log/journal/${name.replace(/\.service$/, '')}.log`);
  }

  get state(): ServiceState {
    return this.#state;
  }

  /** Resolves when the service is up, or has failed; one that is up already stays as it is. */
  async start(unit: ServiceUnit): Promise<ServiceState> {
    if (this.#state !== 'active' && this.#current === undefined) {
      this.#callOffRestart();
      await this.#launch(unit);
    }
    return this.#state;
  }

  /** Resolves when none of its processes is left. */
  async stop(): Promise<void> {
    const invocation = this.#current;
    this.abandon();
    if (invocation) {
      this.#state = 'deactivating';
      await invocation.end();
      this.#say(`Stopped ${this.name}.`);
    }
    this.#state = 'inactive';
  }

  /** Supervises no longer; its processes are somebody else's to end. */
  abandon(): void {
    this.#callOffRestart();
    this.#current = undefined;
  }

  async #launch(unit: ServiceUnit): Promise<void> {
    this.#state = 'activating';
    let invocation: Invocation;
    try {
      invocation = new Invocation(this.#machine, unit, this.#log);
    } catch (error) {
      this.#say(`${this.name}: ${(error as Error).message}`);
      this.#state = 'failed';
      return;
    }
    this.#current = invocation;
    if (unit.ignored.length > 0) this.#say(`${this.name}: This machine does not play ${unit.ignored.join(', ')}.`);

    if (await this.#runAll(unit.conditions, invocation)) {
      if (this.#current !== invocation) return;
      this.#say(`${this.name}: Skipped due to 'exec-condition'.`);
      this.#current = undefined;
      this.#state = 'inactive';
      return;
    }
    if (this.#current !== invocation) return;
    const oneAfterTheOther = unit.type === 'oneshot' ? [...unit.preCommands, ...unit.commands] : unit.preCommands;
    const failure = await this.#runAll(oneAfterTheOther, invocation);
    if (this.#current !== invocation) return;
    if (failure) await this.#ended(failure, unit, invocation);
    else if (unit.type === 'oneshot') this.#finished(unit);
    else this.#runMain(unit, invocation);
  }

  /** @returns how the first command that counts failed, or undefined when all went well */
  async #runAll(commands: readonly Command[], invocation: Invocation): Promise<ProgramEnd | undefined> {
    for (const command of commands) {
      const end = await invocation.run(command).ended;
      if (this.#current !== invocation) return undefined;
      if (end.exitCode !== 0 && !command.mayFail) return end;
    }
    return undefined;
  }

  #finished(unit: ServiceUnit): void {
    this.#say(`Finished ${this.name}.`);
    this.#state = unit.remainAfterExit ? 'active' : 'inactive';
    if (!unit.remainAfterExit) this.#current = undefined;
  }

  #runMain(unit: ServiceUnit, invocation: Invocation): void {
    const [command] = unit.commands;
    if (!command) return;
    const program = invocation.run(command);
    this.#state = 'active';
    this.#say(`Started ${this.name}.`);
    void program.ended.then((end) => this.#ended(end, unit, invocation));
  }

  async #ended(end: ProgramEnd, unit: ServiceUnit, invocation: Invocation): Promise<void> {
    if (this.#current !== invocation) return;
    this.#say(`${this.name}: Main process exited, ${end.signal ?? `status=${end.exitCode}`}.`);
    await invocation.end();
    if (this.#current !== invocation) return;
    this.#current = undefined;
    this.#state = endedCleanly(end) ? 'inactive' : 'failed';
    if (isRestarted(unit.restart, end)) this.#scheduleRestart(unit);
  }

  #scheduleRestart(unit: ServiceUnit): void {
    this.#state = 'activating';
    this.#callOffRestart = this.#machine.clock.after(unit.restartMs, () => {
      this.#say(`${this.name}: Scheduled restart job.`);
      void this.#launch(unit);
    });
  }

  #say(message: string): void {
    this.#log(`systemd[1]: ${message}`);
  }
}
