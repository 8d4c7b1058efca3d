import { AwsError } from '../endpoint/service.ts';
import { tagFilter, type FilterView } from './filters.ts';
import type { Instance } from './instance.ts';
import { STATE_CODES } from './instance.ts';
import type { Instances } from './instances.ts';
import { tagSet } from './operation.ts';

export const stateOf = ({ state }: Instance): { code: number; name: string } => ({
  code: STATE_CODES[state],
  name: state,
});

/** An instance as DescribeInstances shows it. */
export function instanceView(instance: Instance) {
  const { privateIpAddress, securityGroupIds, stateReason } = instance;
  return {
    instanceId: instance.instanceId,
    imageId: instance.imageId,
    instanceState: stateOf(instance),
    privateDnsName: privateIpAddress === undefined ? '' : `ip-${privateIpAddress.replaceAll('.', '-')}.ec2.internal`,
    dnsName: '',
    reason: stateReason?.message ?? '',
    amiLaunchIndex: 0,
    instanceType: instance.instanceType,
    launchTime: new Date(instance.launchTimeMs),
    placement: { availabilityZone: instance.availabilityZone, groupName: '', tenancy: 'default' },
    monitoring: { state: 'disabled' },
    subnetId: instance.subnetId,
    vpcId: instance.vpcId,
    privateIpAddress,
    stateReason,
    architecture: 'x86_64',
    rootDeviceType: 'ebs',
    rootDeviceName: '/dev/xvda',
    virtualizationType: 'hvm',
    groupSet: securityGroupIds.map((groupId) => ({ groupId })),
    tagSet: tagSet(instance.tags),
    ...(instance.instanceProfileArn !== undefined && { iamInstanceProfile: { arn: instance.instanceProfileArn } }),
  };
}

/** What the filters of DescribeInstances and its kin see in an instance. */
export function instanceFilterView(instance: Instance): FilterView {
  const seen: Record<string, string | undefined> = {
    'instance-id': instance.instanceId,
    'instance-state-name': instance.state,
    'instance-state-code': String(STATE_CODES[instance.state]),
    'instance-type': instance.instanceType,
    'image-id': instance.imageId,
    'availability-zone': instance.availabilityZone,
    'subnet-id': instance.subnetId,
    'vpc-id': instance.vpcId,
    'private-ip-address': instance.privateIpAddress,
    'reservation-id': instance.reservationId,
  };
  return (name) => {
    if (!Object.hasOwn(seen, name)) return tagFilter(name, instance.tags);
    const value = seen[name];
    return value === undefined ? [] : [value];
  };
}

/**
 * The instances of these ids, or all of them when none is named. One unknown id fails the whole call, as on EC2.
 * @throws AwsError InvalidInstanceID.Malformed, InvalidInstanceID.NotFound
 */
export function select(instances: Instances, ids: readonly string[]): readonly Instance[] {
  if (ids.length === 0) return instances.list();
  const malformed = ids.find((id) => !/^i-[0-9a-f]{8}([0-9a-f]{9})?$/.test(id));
  if (malformed !== undefined) throw new AwsError('InvalidInstanceID.Malformed', `Invalid id: "${malformed}"`);
  const found = ids.map((id) => instances.find(id));
  const unknown = ids.filter((_, index) => found[index] === undefined);
  if (unknown.length === 0) return found.filter((instance) => instance !== undefined);
  throw new AwsError(
    'InvalidInstanceID.NotFound',
    unknown.length === 1
      ? `The instance ID '${unknown.join()}' does not exist`
      : `The instance IDs '${unknown.join(', ')}' do not exist`,
  );
}
