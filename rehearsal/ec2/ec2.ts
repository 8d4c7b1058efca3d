import type { ResourceTypes } from '../cloudformation/resource-type.ts';
import { ec2Service } from '../endpoint/protocols/query.ts';
import type { Service } from '../endpoint/service.ts';
import type { HostProvider } from '../hosts/host.ts';
import type { Ground } from '../part.ts';
import type { Ec2Account } from './account.ts';
import { createInstanceProfileLookup } from './instance-profile-role.ts';
import { Instances } from './instances.ts';
import { LaunchTemplates } from './launch-templates.ts';
import { createMachinePort, type MachinePort } from './machine-port.ts';
import { Network } from './network/network.ts';
import { operations } from './operations/operations.ts';
import { launchTemplateResource } from './resources/launch-template.ts';
import { networkResources } from './resources/network-resources.ts';
import type { Timers } from './timers.ts';
import { declared } from '../cloudformation/property-table.ts';
import { ec2Properties } from './resources/properties.ts';

export interface Ec2Options {
  /** Rehearsed seconds from `pending` to `running`. @default 10 */
  readonly bootSeconds?: number;
  /** Role of an instance profile. @default asks IAM over the endpoint */
  readonly roleOfInstanceProfile?: (nameOrArn: string) => Promise<string | undefined>;
}

interface Ec2 {
  readonly service: Service;
  readonly resourceTypes: ResourceTypes;
  readonly machines: MachinePort;
}

/** EC2: machines, launch templates, and a network that exists to be named. */
export function createEc2(ground: Ground, hosts: HostProvider, timers: Timers, options: Ec2Options = {}): Ec2 {
  const instances = new Instances({
    timers,
    journal: ground.journal,
    hosts,
    bootMs: (options.bootSeconds ?? 10) * 1000,
    roleOfInstanceProfile: remembering(options.roleOfInstanceProfile ?? createInstanceProfileLookup(ground)),
  });
  const { region, accountId } = ground;
  const launchTemplates = new LaunchTemplates(() => timers.now());
  const account: Ec2Account = { region, accountId, instances, launchTemplates, network: new Network() };
  return {
    service: ec2Service({
      signingNames: ['ec2'],
      version: '2016-11-15',
      namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
      operations: Object.fromEntries(Object.entries(operations).map(([name, make]) => [name, make(account)])),
    }),
    resourceTypes: declared(
      {
        'AWS::EC2::LaunchTemplate': launchTemplateResource(launchTemplates),
        ...networkResources(account.network, region),
      },
      ec2Properties,
    ),
    machines: createMachinePort(account),
  };
}

/** A thousand instances of one group ask for one profile once; failures are asked again. */
function remembering(lookup: (nameOrArn: string) => Promise<string | undefined>) {
  const known = new Map<string, Promise<string | undefined>>();
  return (nameOrArn: string): Promise<string | undefined> => {
    const answer = known.get(nameOrArn) ?? lookup(nameOrArn);
    known.set(nameOrArn, answer);
    answer.catch(() => known.delete(nameOrArn));
    return answer;
  };
}
