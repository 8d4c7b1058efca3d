import { AwsError } from '../endpoint/service.ts';
import type { Instances } from './instances.ts';
import type { LaunchTemplates } from './launch-templates.ts';
import type { Network } from './network/network.ts';

/** What EC2 keeps for the account. */
export interface Ec2Account {
  readonly region: string;
  readonly accountId: string;
  readonly instances: Instances;
  readonly launchTemplates: LaunchTemplates;
  readonly network: Network;
}

interface TaggedResource {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly tags: Map<string, string>;
}

/** Everything that can bear tags. */
export function taggedResources({ instances, launchTemplates, network }: Ec2Account): readonly TaggedResource[] {
  return [
    ...instances.list().map(({ instanceId, tags }) => ({ resourceId: instanceId, resourceType: 'instance', tags })),
    ...launchTemplates.list().map(({ id, tags }) => ({ resourceId: id, resourceType: 'launch-template', tags })),
    ...network.all().map(({ id, tags }) => ({ resourceId: id, resourceType: TYPES[prefixOf(id)] ?? 'unknown', tags })),
  ];
}

/** @throws AwsError InvalidID */
export function tagsOf({ instances, launchTemplates, network }: Ec2Account, resourceId: string): Map<string, string> {
  const bearer = instances.find(resourceId) ?? launchTemplates.find({ id: resourceId }) ?? network.find(resourceId);
  if (!bearer) throw new AwsError('InvalidID', `The ID '${resourceId}' is not valid`);
  return bearer.tags;
}

const prefixOf = (id: string): string => id.slice(0, id.indexOf('-'));

const TYPES: Readonly<Record<string, string>> = {
  vpc: 'vpc',
  subnet: 'subnet',
  sg: 'security-group',
  sgr: 'security-group-rule',
  rtb: 'route-table',
  igw: 'internet-gateway',
  nat: 'natgateway',
  eipalloc: 'elastic-ip',
  vpce: 'vpc-endpoint',
  fl: 'vpc-flow-log',
  acl: 'network-acl',
};
