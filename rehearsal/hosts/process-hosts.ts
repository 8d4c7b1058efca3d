import type { Ground } from '../part.ts';
import { createDirectoryDisks } from './disks/directory-disks.ts';
import type { Disks } from './disks/disk.ts';
import type { HostProvider } from './host.ts';
import { loopbackAddresses } from './machine/loopback-addresses.ts';
import { createMachineImage, imageDirectory } from './machine/machine-image.ts';
import { startProcessHost } from './process-host.ts';
import type { ProcessHost, Rack } from './process-host.ts';

/**
 * Machines made of real processes: each has an address, a disk, instance metadata and services, and runs its user data.
 * A rehearsal that exits without closing them takes their processes along.
 * @param awsAgent a checkout of AWS's agent that `disks` show, for machines whose user data installs it
 */
export function createProcessHosts(
  ground: Ground,
  disks: Disks = createDirectoryDisks(ground.directory),
  awsAgent?: string,
): HostProvider {
  const rack: Rack = {
    image: createMachineImage(imageDirectory(ground.directory), awsAgent),
    addresses: loopbackAddresses(),
    disks,
  };
  const starting = new Set<Promise<ProcessHost>>();
  const running = new Set<ProcessHost>();
  const killAll = (): void => {
    for (const host of running) host.kill();
  };
  process.once('exit', killAll);

  return {
    start: async (specification) => {
      const start = startProcessHost(ground, specification, rack);
      starting.add(start);
      try {
        const host = await start;
        running.add(host);
        return { ...host, terminate: () => host.terminate().finally(() => running.delete(host)) };
      } finally {
        starting.delete(start);
      }
    },
    close: async () => {
      await Promise.allSettled(starting);
      await Promise.all([...running].map((host) => host.terminate()));
      process.off('exit', killAll);
    },
  };
}
