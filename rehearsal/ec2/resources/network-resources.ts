import type { Properties, ResourceType, ResourceTypes } from '../../cloudformation/resource-type.ts';
import { zoneId, zonesOf } from '../availability-zones.ts';
import { newId } from '../ids.ts';
import type { Network, NetworkPrefix } from '../network/network.ts';
import { resourceTags } from './resource-tags.ts';

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Network resources exist to be named and described: each gets an id and the attributes that templates ask for.
 * Nothing is routed or filtered, because all instances of a rehearsal share one loopback.
 */
export function networkResources(network: Network, region: string) {
  const thing = (
    prefix: NetworkPrefix,
    attributes: (id: string, properties: Properties) => Attributes,
  ): ResourceType => ({
    create: (given) => {
      const id = newId(prefix);
      const properties = prefix === 'subnet' ? { AvailabilityZone: zonesOf(region)[0], ...given } : given;
      network.add({ id, properties, tags: resourceTags(given['Tags']) });
      return Promise.resolve({ physicalId: id, attributes: attributes(id, properties) });
    },
    update: (physicalId, properties) => {
      const before = network.find(physicalId);
      const updated = { ...before?.properties, ...properties };
      network.add({ id: physicalId, properties: updated, tags: resourceTags(properties['Tags']) });
      return Promise.resolve({ physicalId, attributes: attributes(physicalId, updated) });
    },
    delete: (physicalId) => {
      network.remove(physicalId);
      return Promise.resolve();
    },
  });

  return {
    'AWS::EC2::VPC': thing('vpc', (VpcId, { CidrBlock }) => ({
      VpcId,
      CidrBlock,
      CidrBlockAssociations: [newId('vpc-cidr-assoc')],
      DefaultNetworkAcl: newId('acl'),
      DefaultSecurityGroup: newId('sg'),
      Ipv6CidrBlocks: [],
    })),
    'AWS::EC2::Subnet': thing('subnet', (SubnetId, { AvailabilityZone, VpcId, CidrBlock }) => ({
      SubnetId,
      AvailabilityZone,
      AvailabilityZoneId: zoneId(String(AvailabilityZone)),
      VpcId,
      CidrBlock,
      NetworkAclAssociationId: newId('aclassoc'),
      Ipv6CidrBlocks: [],
    })),
    'AWS::EC2::SecurityGroup': thing('sg', (GroupId, { VpcId }) => ({ Id: GroupId, GroupId, VpcId })),
    'AWS::EC2::SecurityGroupIngress': thing('sgr', (Id) => ({ Id })),
    'AWS::EC2::SecurityGroupEgress': thing('sgr', (Id) => ({ Id })),
    'AWS::EC2::RouteTable': thing('rtb', (RouteTableId) => ({ RouteTableId })),
    'AWS::EC2::Route': thing('rtb', (_, { DestinationCidrBlock }) => ({ CidrBlock: DestinationCidrBlock })),
    'AWS::EC2::SubnetRouteTableAssociation': thing('rtbassoc', (Id) => ({ Id })),
    'AWS::EC2::InternetGateway': thing('igw', (InternetGatewayId) => ({ InternetGatewayId })),
    'AWS::EC2::VPCGatewayAttachment': thing('igw', () => ({ AttachmentType: 'IGW' })),
    'AWS::EC2::NatGateway': thing('nat', (NatGatewayId) => ({ NatGatewayId })),
    'AWS::EC2::EIP': thing('eipalloc', (AllocationId) => ({ AllocationId, PublicIp: '192.0.2.1' })),
    'AWS::EC2::VPCEndpoint': thing('vpce', (Id) => ({ Id, DnsEntries: [], NetworkInterfaceIds: [] })),
    'AWS::EC2::FlowLog': thing('fl', (Id) => ({ Id })),
    'AWS::EC2::NetworkAcl': thing('acl', (Id) => ({ Id })),
  } satisfies ResourceTypes;
}
