import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isOnDisk, resolveOnDisk } from '../disks/disk.ts';
import { endProcesses } from '../machine/end-processes.ts';
import type { Environment } from '../machine/environment.ts';
import type { LineLog } from '../machine/line-log.ts';
import type { Machine } from '../machine/machine.ts';
import { startProgram } from '../machine/program.ts';
import type { Program } from '../machine/program.ts';
import { parseEnvironmentFile } from './service-unit.ts';
import type { Command, ServiceUnit } from './service-unit.ts';
import { expandVariables } from './words.ts';

/** Even at a high speed a daemon gets this much of the wall's time to say goodbye. */
const SHORTEST_STOP_MS = 2000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * One run of a service, from its first command until nothing of it is left. systemd knows its processes by a control
 * group; here they are known by `INVOCATION_ID`, which systemd sets as well.
 */
export class Invocation {
  readonly #machine: Machine;
  readonly #unit: ServiceUnit;
  readonly #log: LineLog;
  readonly #id = randomBytes(16).toString('hex');
  readonly #environment: Environment;
  #latest: Program | undefined;

  /** @throws Error when an environment file that must exist does not */
  constructor(machine: Machine, unit: ServiceUnit, log: LineLog) {
    this.#machine = machine;
    this.#unit = unit;
    this.#log = log;
    this.#environment = this.#readEnvironment();
  }

  run(command: Command): Program {
    const { disk, image } = this.#machine;
    const [name = '', ...words] = expandVariables(command.words, this.#environment);
    const program = isOnDisk(disk, name) ? disk.inside(name) : image.program(name);
    this.#latest = startProgram(this.#machine, [program, ...words.map((word) => resolveOnDisk(disk, word))], {
      environment: this.#environment,
      workingDirectory: resolveOnDisk(disk, this.#unit.workingDirectory),
      log: this.#log,
    });
    return this.#latest;
  }

  /** Ends what the unit's KillMode tells to: whatever of it still runs, or its main process alone. */
  async end(): Promise<void> {
    const graceMs = Math.max(SHORTEST_STOP_MS, this.#unit.stopTimeoutMs / this.#machine.clock.speed);
    if (this.#unit.killMode === 'process') await this.#endMainProcess(graceMs);
    else await endProcesses([`INVOCATION_ID=${this.#id}`], graceMs);
  }

  async #endMainProcess(graceMs: number): Promise<void> {
    const main = this.#latest;
    main?.kill('SIGTERM');
    const kill = setTimeout(() => main?.kill('SIGKILL'), Math.min(graceMs, LONGEST_TIMER_MS));
    await main?.ended;
    clearTimeout(kill);
  }

  #readEnvironment(): Environment {
    const { environment: machine, disk, image } = this.#machine;
    const files = this.#unit.environmentFiles.map(({ path, mayMiss }) =>
      readEnvironmentFile(isOnDisk(disk, path) ? disk.path(path) : path, mayMiss),
    );
    const own: Environment = Object.assign({ ...this.#unit.environment }, ...files) as Environment;
    // A service that sets its own PATH still lives on this image.
    const path = own.PATH === undefined ? {} : { PATH: [...image.directories, own.PATH].join(':') };
    return { ...machine, INVOCATION_ID: this.#id, ...own, ...path };
  }
}

function readEnvironmentFile(path: string, mayMiss: boolean): Record<string, string> {
  try {
    return parseEnvironmentFile(readFileSync(path, 'utf8'));
  } catch (error) {
    if (mayMiss && (error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`cannot read its environment file ${path}`, { cause: error });
  }
}
