import { rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { Ground } from '../part.ts';
import type { Disk, Disks } from './disks/disk.ts';
import { endProcesses, killProcesses } from './machine/end-processes.ts';
import { machineEnvironment, machineMarks } from './machine/environment.ts';
import { listen } from './machine/listen-on-own-address.ts';
import type { MachineImage } from './machine/machine-image.ts';
import type { Machine } from './machine/machine.ts';
import { METADATA_PORT } from './metadata/metadata-service.ts';
import { CONTROL_PORT } from './systemd/control-port.ts';
import { createControlService } from './systemd/control-service.ts';
import { ServiceManager } from './systemd/service-manager.ts';

/** Wall milliseconds that the programs of a machine have for their goodbye, its services apart. */
const GRACE_MS = 300;

/** What a machine is switched on with. */
export interface MachineParts {
  readonly instanceId: string;
  readonly address: string;
  readonly disks: Disks;
  readonly image: MachineImage;
  /** What one of its own programs asks for. */
  readonly reboot: () => void;
}

/** A machine while it is switched on. */
export interface RunningMachine {
  readonly machine: Machine;
  readonly services: ServiceManager;
  /** Ends all of its processes and lets go of its disk, whose files stay. Repeating is harmless. */
  end(): Promise<void>;
  /** Kills its processes without waiting. */
  kill(): void;
}

/** Switches a machine on: its disk, its service manager. Nothing runs on it yet. */
export async function switchOn(ground: Ground, parts: MachineParts): Promise<RunningMachine> {
  const { instanceId, address, disks, image, reboot } = parts;
  const disk = await disks.create(instanceId);
  const machine = createMachine(ground, instanceId, { address, disk, image });
  const services = new ServiceManager(machine);
  const control = createControlService(services, reboot);
  const marks = machineMarks(machine.environment);

  const end = async (): Promise<void> => {
    services.close();
    const survivors = await endProcesses(marks, GRACE_MS);
    if (survivors.length > 0) {
      const pids = survivors.map(({ pid }) => pid).join(', ');
      ground.journal.record({ kind: 'warning', message: `${instanceId}: processes ${pids} could not be ended.` });
    }
    for (const program of machine.programs) program.forget();
    await Promise.all([close(control), disk.release()]);
    // A file system in memory on EC2: the process ids in it mean nothing after the next boot.
    await rm(disk.path('/run'), { recursive: true, force: true });
  };
  let ended: Promise<void> | undefined;
  const running: RunningMachine = {
    machine,
    services,
    end: () => (ended ??= end()),
    kill: () => {
      services.close();
      killProcesses(marks);
      disk.kill();
    },
  };
  await listen(control, CONTROL_PORT, address).catch(async (error: unknown) => {
    await running.end();
    throw error;
  });
  return running;
}

function createMachine(
  ground: Ground,
  instanceId: string,
  { address, disk, image }: { address: string; disk: Disk; image: MachineImage },
): Machine {
  const metadataEndpoint = `http://${address}:${METADATA_PORT}`;
  return {
    instanceId,
    disk,
    image,
    environment: machineEnvironment(ground, { instanceId, metadataEndpoint, disk, image }),
    clock: ground.clock,
    journal: ground.journal,
    programs: new Set(),
  };
}

/** Connections that clients keep alive would hold a server open for minutes. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
