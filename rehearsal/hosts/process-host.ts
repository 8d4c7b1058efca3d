import type { Ground } from '../part.ts';
import type { Disks } from './disks/disk.ts';
import type { Host, HostSpecification } from './host.ts';
import { instanceRole } from './instance-role.ts';
import { listenOnOwnAddress } from './machine/listen-on-own-address.ts';
import type { MachineImage } from './machine/machine-image.ts';
import { runUserData } from './machine/user-data.ts';
import { instanceMetadata } from './metadata/instance-metadata.ts';
import { createMetadataService, METADATA_PORT } from './metadata/metadata-service.ts';
import type { MetadataTree } from './metadata/metadata-tree.ts';
import { close, type RunningMachine, switchOn } from './running-machine.ts';

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
  { image, addresses, disks }: Rack,
): Promise<ProcessHost> {
  const { instanceId } = specification;
  let tree: MetadataTree = {};
  const metadata = createMetadataService(() => tree);
  const privateIpAddress = await listenOnOwnAddress(metadata, METADATA_PORT, addresses);
  tree = instanceMetadata(ground, { specification, privateIpAddress, role: instanceRole(ground, specification) });

  let running: RunningMachine | undefined;
  let terminated: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await running?.services.stopAll();
    await running?.end();
    running = undefined;
  };
  const boot = async (): Promise<void> => {
    running ??= await switchOn(ground, parts);
    // It may have been terminated while it was off, or on its way.
    if (terminated) await running.end();
    else void running.services.startEnabled();
  };
  const reboot = (): void => {
    stop()
      .then(boot)
      .catch((error: unknown) => {
        ground.journal.record({ kind: 'warning', message: `${instanceId} could not reboot: ${String(error)}` });
      });
  };
  const parts = { instanceId, address: privateIpAddress, disks, image, reboot };
  const terminate = async (): Promise<void> => {
    await running?.end();
    // What listens reserves the address, and is the last to go: a stopped machine keeps it.
    await close(metadata);
  };

  try {
    running = await switchOn(ground, parts);
    await runUserData(specification.userData, running.machine);
  } catch (error) {
    await terminate();
    throw error;
  }
  return {
    instanceId,
    privateIpAddress,
    stop,
    boot,
    terminate: () => (terminated ??= terminate()),
    kill: () => running?.kill(),
  };
}
