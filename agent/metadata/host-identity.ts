import type { InstanceMetadata } from './instance-metadata.ts';

/** Who this host is to the command service. */
export interface HostIdentity {
  readonly instanceId: string;
  readonly region: string;
  /** Domain of AWS's services: `amazonaws.com`, in China `amazonaws.com.cn`. */
  readonly domain: string;
  /** `arn:aws:ec2:us-east-1:111122223333:instance/i-0abc` */
  readonly hostIdentifier: string;
}

/** Reads the host's identity from its metadata. */
export async function readHostIdentity(metadata: InstanceMetadata): Promise<HostIdentity> {
  const document = JSON.parse(await metadata.get('dynamic/instance-identity/document')) as Record<string, unknown>;
  const { region, accountId, instanceId } = document;
  if (typeof region !== 'string' || typeof accountId !== 'string' || typeof instanceId !== 'string') {
    throw new Error('the instance identity document lacks region, accountId or instanceId');
  }
  const partition = (await metadata.find('meta-data/services/partition')) ?? 'aws';
  const domain = (await metadata.find('meta-data/services/domain')) ?? 'amazonaws.com';
  return {
    instanceId,
    region,
    domain,
    hostIdentifier: `arn:${partition}:ec2:${region}:${accountId}:instance/${instanceId}`,
  };
}
