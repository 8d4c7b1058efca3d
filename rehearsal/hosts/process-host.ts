import type { Server } from 'node:http';
import type { Ground } from '../part.ts';
import type { Host, HostSpecification } from './host.ts';
import type { Disk, Disks } from './disks/disk.ts';
import { instanceRole } from './instance-role.ts';
import { endProcesses, killProcesses } from './machine/end-processes.ts';
import { machineEnvironment, machineMarks } from './machine/environment.ts';
import { listen, listenOnOwnAddress } from './machine/listen-on-own-address.ts';
import type { MachineImage } from './machine/machine-image.ts';
import type { Machine } from './machine/machine.ts';
import { runUserData } from './machine/user-data.ts';
import { instanceMetadata } from './metadata/instance-metadata.ts';
import { createMetadataService, METADATA_PORT } from './metadata/metadata-service.ts';
import type { MetadataTree } from './metadata/metadata-tree.ts';
import { CONTROL_PORT } from './systemd/control-port.ts';
import { createControlService } from './systemd/control-service.ts';
import { ServiceManager } from './systemd/service-manager.ts';

/** Wall milliseconds that the programs of a terminated machine have for their goodbye. */
const TERMINATION_GRACE_MS = 300;

/** A machine of processes. */
export interface ProcessHost extends Host {
  /** Kills its processes without waiting, for a rehearsal on its way out. */
  kill(): void;
}

/** What the machines of one rehearsal share. */
export interface Rack {
  readonly image: MachineImage;
  readonly addresses: Iterator<string, never>;
  readonly disks: Disks;
}

/**
 * Starts a machine: address and instance metadata first, for user data asks for them. Resolves when user data runs.
 * @throws LoopbackAddressUnusable, PortTakenEverywhere
 */
export async function startProcessHost(
  ground: Ground,
  specification: HostSpecification,
  rack: Rack,
): Promise<ProcessHost> {
  const { instanceId } = specification;
  let tree: MetadataTree = {};
  const metadata = createMetadataService(() => tree);
  const privateIpAddress = await listenOnOwnAddress(metadata, METADATA_PORT, rack.addresses);
  tree = instanceMetadata(ground, { specification, privateIpAddress, role: instanceRole(ground, specification) });

  const disk = await rack.disks.create(instanceId).catch(async (error: unknown) => {
    await close(metadata);
    throw error;
  });
  const machine = createMachine(ground, instanceId, { address: privateIpAddress, disk, image: rack.image });
  const services = new ServiceManager(machine);
  const control = createControlService(services);
  const marks = machineMarks(machine.environment);

  const end = async (): Promise<void> => {
    services.close();
    const survivors = await endProcesses(marks, TERMINATION_GRACE_MS);
    if (survivors.length > 0) {
      const pids = survivors.map(({ pid }) => pid).join(', ');
      ground.journal.record({ kind: 'warning', message: `${instanceId}: processes ${pids} could not be ended.` });
    }
    for (const program of machine.programs) program.forget();
    await Promise.all([close(control), close(metadata), disk.release()]);
  };
  let ended: Promise<void> | undefined;
  const terminate = (): Promise<void> => (ended ??= end());

  try {
    await listen(control, CONTROL_PORT, privateIpAddress);
    await runUserData(specification.userData, machine);
  } catch (error) {
    await terminate();
    throw error;
  }
  const kill = (): void => {
    services.close();
    killProcesses(marks);
    disk.kill();
  };
  return { instanceId, privateIpAddress, terminate, kill };
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
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
