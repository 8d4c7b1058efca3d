import type { Ground } from '../../part.ts';
import type { Disk } from '../disks/disk.ts';
import type { MachineImage } from './machine-image.ts';

/** Where this system's own programs are. */
export const SYSTEM_PATH = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

export type Environment = Readonly<Record<string, string>>;

/**
 * The whole environment of a machine's programs. Nothing of the user's goes in: no credentials, no settings of their
 * shell, so that a script works here for the reasons it works on EC2.
 */
export function machineEnvironment(
  ground: Ground,
  instance: { instanceId: string; metadataEndpoint: string; disk: Disk; image: MachineImage },
): Environment {
  const { instanceId, metadataEndpoint, disk, image } = instance;
  return {
    AWS_ENDPOINT_URL: ground.endpoint(),
    AWS_REGION: ground.region,
    AWS_DEFAULT_REGION: ground.region,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: metadataEndpoint,
    ...(image.awsAgent !== undefined && { REHEARSAL_AWS_AGENT: image.awsAgent }),
    ...(disk.destdir !== undefined && { DESTDIR: disk.destdir }),
    HOME: disk.inside('/root'),
    LANG: 'C.UTF-8',
    NODE_OPTIONS: image.nodeOptions,
    PATH: [...image.directories, disk.inside('/usr/local/bin'), ...SYSTEM_PATH].join(':'),
    REHEARSAL_CLOCK: ground.clock.origin,
    REHEARSAL_INSTANCE_ID: instanceId,
  };
}

/**
 * Entries by which a machine's processes are known, wherever they went. The metadata endpoint stands beside the id
 * because two rehearsals could name an instance alike, but never share an address.
 */
export function machineMarks(environment: Environment): string[] {
  return ['REHEARSAL_INSTANCE_ID', 'AWS_EC2_METADATA_SERVICE_ENDPOINT'].map((name) => `${name}=${environment[name]}`);
}
