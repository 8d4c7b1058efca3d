import { deploymentIdIn } from '../../core/identifiers.ts';
import type { Clock } from '../../rehearsal/clock.ts';
import type { Host, HostProvider, HostSpecification } from '../../rehearsal/hosts/host.ts';
import type { Functions } from '../engine/functions.ts';
import type { Faults } from '../faults/faults.ts';
import { Agent } from './agent.ts';
import { staysSilent } from './behaviour.ts';
import { type Command, CommandService } from './command-service.ts';
import { Disk } from './disk.ts';

interface Surroundings {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly functions: () => Functions;
  hasWork(instanceId: string): boolean;
  /** Told whenever a host begins an event of a deployment. */
  begins(deploymentId: string, eventName: string, instanceId: string): void;
}

/** The machines of a life, each an agent and a disk. */
export class Hosts implements HostProvider {
  readonly disks = new Map<string, Disk>();
  readonly #byAddress = new Map<string, Disk>();
  readonly #around: Surroundings;
  readonly #lives = new Set<AbortController>();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  start({ instanceId }: HostSpecification): Promise<Host> {
    const disk = new Disk();
    this.disks.set(instanceId, disk);
    const privateIpAddress = `10.0.${this.disks.size >> 8}.${this.disks.size & 255}`;
    this.#byAddress.set(privateIpAddress, disk);
    let life = this.#switchOn(instanceId, disk);
    const stop = (): Promise<void> => {
      life.abort(new Error(`${instanceId} is switched off`));
      this.#lives.delete(life);
      return Promise.resolve();
    };
    const boot = (): Promise<void> => {
      life = this.#switchOn(instanceId, disk);
      return Promise.resolve();
    };
    return Promise.resolve({ instanceId, privateIpAddress, stop, boot, terminate: stop });
  }

  /** Whether what is on a machine answers health checks. */
  isWell(address: string): boolean {
    return (this.#byAddress.get(address)?.unwellUntilMs ?? Infinity) <= this.#around.clock.now();
  }

  close(): Promise<void> {
    for (const life of this.#lives) life.abort(new Error('The life is over'));
    return Promise.resolve();
  }

  /** @returns what ends it */
  #switchOn(instanceId: string, disk: Disk): AbortController {
    const life = new AbortController();
    this.#lives.add(life);
    void this.#live(instanceId, disk, life.signal).catch((error: unknown) => {
      if (!life.signal.aborted) throw error;
    });
    return life;
  }

  async #live(instanceId: string, disk: Disk, signal: AbortSignal): Promise<void> {
    const { clock, faults, functions, ...told } = this.#around;
    await clock.sleep(faults.lots.between(15_000, 90_000), signal);
    disk.isSilent = staysSilent(faults);
    if (disk.isSilent) return;
    const service = new CommandService(functions(), instanceId);
    const hasWork = (): boolean => told.hasWork(instanceId);
    const begins = ({ DeploymentExecutionId, CommandName }: Command): void => {
      told.begins(deploymentIdIn(DeploymentExecutionId) ?? 'unknown', CommandName, instanceId);
    };
    await new Agent({ clock, faults, service, disk, signal, hasWork, begins }).run();
  }
}
