import type { Ground } from '../../part.ts';
import type { HostSpecification } from '../host.ts';
import type { InstanceRole } from '../instance-role.ts';
import type { MetadataTree } from './metadata-tree.ts';

/** An instance as its metadata shows it. */
interface Instance {
  readonly specification: HostSpecification;
  readonly privateIpAddress: string;
  readonly role: InstanceRole | undefined;
}

/**
 * What an instance can learn about itself.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html
 */
export function instanceMetadata(ground: Ground, { specification, privateIpAddress, role }: Instance): MetadataTree {
  const startedAt = timestamp(ground.clock.now());
  const hostname = `ip-${privateIpAddress.replaceAll('.', '-')}.ec2.internal`;
  const metaData: MetadataTree = {
    'ami-id': () => specification.imageId,
    'autoscaling/target-lifecycle-state': () => specification.targetLifecycleState(),
    hostname: () => hostname,
    'instance-id': () => specification.instanceId,
    'instance-type': () => specification.instanceType,
    'local-hostname': () => hostname,
    'local-ipv4': () => privateIpAddress,
    'placement/availability-zone': () => specification.availabilityZone,
    'placement/region': () => ground.region,
    'services/domain': () => 'amazonaws.com',
    'services/partition': () => 'aws',
    ...(role && roleMetadata(ground, role)),
  };
  return {
    ...Object.fromEntries(Object.entries(metaData).map(([path, value]) => [`meta-data/${path}`, value])),
    'dynamic/instance-identity/document': () =>
      JSON.stringify(identityDocument(ground, specification, privateIpAddress, startedAt), null, 2),
    'user-data': () => specification.userData || undefined,
  };
}

/** The profile is not known here; it is shown under its role's name, as the console makes them. */
function roleMetadata(ground: Ground, role: InstanceRole): MetadataTree {
  const info = (): object => ({
    Code: 'Success',
    LastUpdated: timestamp(role.credentials().issuedAtMs),
    InstanceProfileArn: `arn:aws:iam::${ground.accountId}:instance-profile/${role.name}`,
    InstanceProfileId: 'AIPAREHEARSAL0000000A',
  });
  return {
    'iam/info': () => JSON.stringify(info(), null, 2),
    [`iam/security-credentials/${role.name}`]: () => JSON.stringify(securityCredentials(role), null, 2),
  };
}

function securityCredentials(role: InstanceRole): object {
  const credentials = role.credentials();
  return {
    Code: 'Success',
    LastUpdated: timestamp(credentials.issuedAtMs),
    Type: 'AWS-HMAC',
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    Token: credentials.sessionToken,
    Expiration: timestamp(credentials.expiresAtMs),
  };
}

function identityDocument(
  ground: Ground,
  specification: HostSpecification,
  privateIp: string,
  startedAt: string,
): object {
  return {
    accountId: ground.accountId,
    architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
    availabilityZone: specification.availabilityZone,
    billingProducts: null,
    devpayProductCodes: null,
    marketplaceProductCodes: null,
    imageId: specification.imageId,
    instanceId: specification.instanceId,
    instanceType: specification.instanceType,
    kernelId: null,
    pendingTime: startedAt,
    privateIp,
    ramdiskId: null,
    region: ground.region,
    version: '2017-09-30',
  };
}

/** Instance metadata writes whole seconds. */
function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
