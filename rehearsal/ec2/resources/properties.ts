import { NOT_PROTECTED, type PropertyTable } from '../../cloudformation/property-table.ts';

const NOTHING_IS_ROUTED = 'told by Describe calls: all instances share one loopback, nothing is routed or filtered';

/** A piece of network: it has an id, and its tags and properties are told. */
const network = (...withoutEffect: readonly string[]): PropertyTable => ({
  honoured: ['Tags'],
  withoutEffect: { [NOTHING_IS_ROUTED]: withoutEffect },
});

/** What becomes of the properties of EC2's resource types. */
export const ec2Properties = {
  'AWS::EC2::LaunchTemplate': {
    honoured: [
      'LaunchTemplateName',
      'LaunchTemplateData.IamInstanceProfile',
      'LaunchTemplateData.ImageId',
      'LaunchTemplateData.InstanceType',
      'LaunchTemplateData.SecurityGroupIds',
      'LaunchTemplateData.TagSpecifications',
      'LaunchTemplateData.UserData',
    ],
    withoutEffect: {
      'instance metadata is version 2 here, whatever is set': ['LaunchTemplateData.MetadataOptions'],
      'an instance is processes of this machine: it has no volumes, network cards or keys of its own': [
        'LaunchTemplateData.BlockDeviceMappings',
        'LaunchTemplateData.CreditSpecification',
        'LaunchTemplateData.EbsOptimized',
        'LaunchTemplateData.KeyName',
        'LaunchTemplateData.Monitoring',
        'LaunchTemplateData.NetworkInterfaces',
        'LaunchTemplateData.Placement',
      ],
      'tags of the template itself are told by nobody': ['TagSpecifications', 'VersionDescription'],
      [NOT_PROTECTED]: ['LaunchTemplateData.DisableApiTermination'],
    },
  },
  'AWS::EC2::VPC': {
    honoured: ['CidrBlock', 'Tags'],
    withoutEffect: { [NOTHING_IS_ROUTED]: ['EnableDnsHostnames', 'EnableDnsSupport', 'InstanceTenancy'] },
  },
  'AWS::EC2::Subnet': {
    honoured: ['AvailabilityZone', 'CidrBlock', 'Tags', 'VpcId'],
    withoutEffect: { [NOTHING_IS_ROUTED]: ['MapPublicIpOnLaunch', 'Ipv6CidrBlock', 'AssignIpv6AddressOnCreation'] },
  },
  'AWS::EC2::SecurityGroup': {
    honoured: ['GroupDescription', 'GroupName', 'Tags', 'VpcId'],
    withoutEffect: { [NOTHING_IS_ROUTED]: ['SecurityGroupEgress', 'SecurityGroupIngress'] },
  },
  'AWS::EC2::SecurityGroupIngress': network(
    'CidrIp',
    'CidrIpv6',
    'Description',
    'FromPort',
    'GroupId',
    'GroupName',
    'IpProtocol',
    'SourcePrefixListId',
    'SourceSecurityGroupId',
    'SourceSecurityGroupName',
    'SourceSecurityGroupOwnerId',
    'ToPort',
  ),
  'AWS::EC2::SecurityGroupEgress': network(
    'CidrIp',
    'CidrIpv6',
    'Description',
    'DestinationPrefixListId',
    'DestinationSecurityGroupId',
    'FromPort',
    'GroupId',
    'IpProtocol',
    'ToPort',
  ),
  'AWS::EC2::RouteTable': network('VpcId'),
  'AWS::EC2::Route': network(
    'DestinationCidrBlock',
    'DestinationIpv6CidrBlock',
    'GatewayId',
    'NatGatewayId',
    'RouteTableId',
  ),
  'AWS::EC2::SubnetRouteTableAssociation': network('RouteTableId', 'SubnetId'),
  'AWS::EC2::InternetGateway': network(),
  'AWS::EC2::VPCGatewayAttachment': network('InternetGatewayId', 'VpcId'),
  'AWS::EC2::NatGateway': network('AllocationId', 'ConnectivityType', 'SubnetId'),
  'AWS::EC2::EIP': network('Domain', 'InstanceId'),
  'AWS::EC2::VPCEndpoint': network(
    'PolicyDocument',
    'PrivateDnsEnabled',
    'RouteTableIds',
    'SecurityGroupIds',
    'ServiceName',
    'SubnetIds',
    'VpcEndpointType',
    'VpcId',
  ),
  'AWS::EC2::FlowLog': network(
    'DeliverLogsPermissionArn',
    'LogDestination',
    'LogDestinationType',
    'LogFormat',
    'LogGroupName',
    'MaxAggregationInterval',
    'ResourceId',
    'ResourceType',
    'TrafficType',
  ),
  'AWS::EC2::NetworkAcl': network('VpcId'),
} satisfies Record<string, PropertyTable>;
