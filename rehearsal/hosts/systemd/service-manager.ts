import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { isOnDisk } from '../disks/disk.ts';
import type { Machine } from '../machine/machine.ts';
import { Service } from './service.ts';
import type { ServiceState } from './service.ts';
import { parseServiceUnit } from './service-unit.ts';
import type { ServiceUnit } from './service-unit.ts';

/** In order of precedence. */
const UNIT_DIRECTORIES = ['/etc/systemd/system', '/usr/lib/systemd/system', '/lib/systemd/system'];
const WANTED_AT_BOOT = '/etc/systemd/system/multi-user.target.wants';

/**
 * The services of one machine. Units are read when a service starts, so there is nothing to reload.
 * Names carry their suffix, `web.service`.
 */
export class ServiceManager {
  readonly #machine: Machine;
  readonly #services = new Map<string, Service>();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  exists(name: string): boolean {
    return this.#unitPath(name) !== undefined;
  }

  state(name: string): ServiceState {
    return this.#services.get(name)?.state ?? 'inactive';
  }

  isEnabled(name: string): boolean {
    return lstatSync(this.#wantedPath(name), { throwIfNoEntry: false }) !== undefined;
  }

  /** @throws UnitNotFound, UnitUnreadable */
  async start(name: string): Promise<ServiceState> {
    return await this.#service(name).start(this.#readUnit(name));
  }

  async stop(name: string): Promise<void> {
    await this.#services.get(name)?.stop();
  }

  /** @returns the link that was made, undefined when the service was enabled before */
  enable(name: string): string | undefined {
    const unit = this.#unitPath(name);
    if (unit === undefined) throw new UnitNotFound(name);
    if (this.isEnabled(name)) return undefined;
    const link = this.#wantedPath(name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(this.#machine.disk.inside(unit), link);
    return link;
  }

  disable(name: string): void {
    rmSync(this.#wantedPath(name), { force: true });
  }

  /** Starts what is enabled, as a machine that boots does. A unit that is broken or gone keeps no other from starting. */
  async startEnabled(): Promise<void> {
    const wanted = this.#machine.disk.path(WANTED_AT_BOOT);
    const names = existsSync(wanted) ? readdirSync(wanted) : [];
    await Promise.allSettled(names.map((name) => this.start(name)));
  }

  /** Stops all services, each in its own time, as a machine that is switched off does. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#services.values()].map((service) => service.stop()));
  }

  /** Supervises nothing any more; the machine ends the processes. */
  close(): void {
    for (const service of this.#services.values()) service.abandon();
  }

  #service(name: string): Service {
    const service = this.#services.get(name) ?? new Service(name, this.#machine);
    this.#services.set(name, service);
    return service;
  }

  #readUnit(name: string): ServiceUnit {
    const path = this.#unitPath(name);
    if (path === undefined) throw new UnitNotFound(name);
    try {
      const files = [path, ...this.#dropIns(name)].map((file) => readFileSync(this.#machine.disk.path(file), 'utf8'));
      return parseServiceUnit(files.join('\n'));
    } catch (error) {
      throw new UnitUnreadable(name, error as Error);
    }
  }

  /** Where it stands on the machine. */
  #unitPath(name: string): string | undefined {
    const paths = UNIT_DIRECTORIES.map((directory) => `${directory}/${name}`);
    return paths.find((path) => isOnDisk(this.#machine.disk, path));
  }

  /** What is added to a unit, in the order of the file names: `web.service.d/limits.conf`. */
  #dropIns(name: string): string[] {
    const files = UNIT_DIRECTORIES.map((directory) => `${directory}/${name}.d`)
      .filter((directory) => isOnDisk(this.#machine.disk, directory))
      .flatMap((directory) =>
        readdirSync(this.#machine.disk.path(directory))
          .filter((file) => file.endsWith('.conf'))
          .map((file) => ({ file, path: `${directory}/${file}` })),
      );
    return files.sort((one, other) => (one.file < other.file ? -1 : 1)).map(({ path }) => path);
  }

  #wantedPath(name: string): string {
    return this.#machine.disk.path(`${WANTED_AT_BOOT}/${name}`);
  }
}

/** No unit of that name lies on the machine's disk. */
export class UnitNotFound extends Error {
  constructor(name: string) {
    super(`Unit ${name} not found. Units are read from \${DESTDIR:-}/etc/systemd/system of the machine.`);
  }
}

/** The unit cannot be started as it is written. */
class UnitUnreadable extends Error {
  constructor(name: string, cause: Error) {
    super(`Unit ${name} has a bad unit file setting: ${cause.message}.`, { cause });
  }
}
