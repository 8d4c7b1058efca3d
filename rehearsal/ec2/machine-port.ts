import { AwsError } from '../endpoint/service.ts';
import type { Instance } from './instance.ts';
import type { Instances } from './instances.ts';
import type { LaunchTemplateReference, LaunchTemplates } from './launch-templates.ts';
import { versionOf } from './launch-templates.ts';
import type { Network, Subnet } from './network/network.ts';

/** A launch that a service of AWS asks for, on behalf of a group of instances. */
export interface Launch {
  readonly launchTemplate: LaunchTemplateReference & { readonly version: string };
  readonly availabilityZone: string;
  readonly subnetId?: string;
  /** They win over the template's tags. */
  readonly tags: ReadonlyMap<string, string>;
  targetLifecycleState(instanceId: string): string | undefined;
}

interface Machine {
  readonly instanceId: string;
  readonly instanceType: string;
  readonly imageId: string;
  readonly launchTemplate: { readonly id: string; readonly name: string; readonly version: number };
}

/** EC2 as Auto Scaling and load balancing use it, without the detour over HTTP. */
export interface MachinePort {
  /** @throws AwsError for an unknown template or version, or one without an image */
  launch(launch: Launch): Machine;
  /** @throws AwsError for an unknown template or version */
  describeTemplate(reference: LaunchTemplateReference, version: string): { readonly id: string; readonly name: string };
  /** Resolves when the machine is `terminated`. */
  terminate(instanceId: string): Promise<void>;
  /** Resolves when the machine is `stopped`. @throws AwsError IncorrectInstanceState */
  stop(instanceId: string): Promise<void>;
  /** Resolves when the machine is `running`; one that runs already stays as it is. @throws AwsError IncorrectInstanceState */
  start(instanceId: string): Promise<void>;
  find(instanceId: string): Instance | undefined;
  onStateChange(listener: (instance: Instance) => void): void;
  /** @throws AwsError InvalidSubnetID.NotFound */
  subnet(subnetId: string): Subnet;
}

interface MachinePortDependencies {
  readonly instances: Instances;
  readonly launchTemplates: LaunchTemplates;
  readonly network: Network;
}

export function createMachinePort({ instances, launchTemplates, network }: MachinePortDependencies): MachinePort {
  return {
    launch: ({ launchTemplate, availabilityZone, subnetId, tags, targetLifecycleState }) => {
      const template = launchTemplates.get(launchTemplate);
      const { number, data } = versionOf(template, launchTemplate.version);
      if (!data.ImageId) throw new AwsError('MissingParameter', 'The request must contain the parameter ImageId');
      const profile = data.IamInstanceProfile?.Arn ?? data.IamInstanceProfile?.Name;
      const instance = instances.run({
        imageId: data.ImageId,
        instanceType: data.InstanceType ?? 'm1.small',
        availabilityZone,
        ...(subnetId !== undefined && { subnetId, vpcId: network.subnet(subnetId).vpcId }),
        securityGroupIds: data.SecurityGroupIds ?? [],
        userData: Buffer.from(data.UserData ?? '', 'base64').toString('utf8'),
        ...(profile !== undefined && { instanceProfileArn: profile }),
        tags: new Map([
          ...(data.TagSpecifications ?? [])
            .filter(({ ResourceType }) => ResourceType === 'instance')
            .flatMap(({ Tags }) => Tags.map(({ Key, Value }) => [Key, Value] as const)),
          ...tags,
          ['aws:ec2launchtemplate:id', template.id],
          ['aws:ec2launchtemplate:version', String(number)],
        ]),
        targetLifecycleState,
      });
      const { instanceId, instanceType, imageId } = instance;
      return {
        instanceId,
        instanceType,
        imageId,
        launchTemplate: { id: template.id, name: template.name, version: number },
      };
    },
    describeTemplate: (reference, version) => {
      const template = launchTemplates.get(reference);
      versionOf(template, version);
      return { id: template.id, name: template.name };
    },
    terminate: (instanceId) => instances.terminate(instanceId),
    stop: (instanceId) => instances.stop(instanceId),
    start: (instanceId) => instances.start(instanceId),
    find: (instanceId) => instances.find(instanceId),
    onStateChange: (listener) => {
      instances.onStateChange(listener);
    },
    subnet: (subnetId) => network.subnet(subnetId),
  };
}
