import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeWarmPoolCommand,
  type Instance,
  SetDesiredCapacityCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Rehearsal } from '../rehearsal/index.ts';
import { expectThat } from './deviation.ts';

/** The example fleet as its operator sees it: through public AWS clients, never through the rehearsal's insides. */
export class Fleet {
  readonly autoScalingGroupName: string;
  readonly loadBalancerUrl: string;
  readonly #rehearsal: Rehearsal;
  readonly #autoScaling: AutoScalingClient;
  readonly #ec2: EC2Client;

  constructor(rehearsal: Rehearsal, outputs: Readonly<Record<string, string>>) {
    this.#rehearsal = rehearsal;
    this.autoScalingGroupName = required(outputs, 'AutoScalingGroupName');
    this.loadBalancerUrl = required(outputs, 'LoadBalancerUrl');
    const client = {
      endpoint: rehearsal.endpoint,
      region: rehearsal.region,
      credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
    };
    this.#autoScaling = new AutoScalingClient(client);
    this.#ec2 = new EC2Client(client);
  }

  async instances(): Promise<Instance[]> {
    const { AutoScalingGroups: groups = [] } = await this.#autoScaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [this.autoScalingGroupName] }),
    );
    return groups[0]?.Instances ?? [];
  }

  /** Instances of the group's warm pool, which no other list has. */
  async warm(): Promise<Instance[]> {
    const { Instances = [] } = await this.#autoScaling.send(
      new DescribeWarmPoolCommand({ AutoScalingGroupName: this.autoScalingGroupName }),
    );
    return Instances;
  }

  async inService(): Promise<string[]> {
    const instances = await this.instances();
    return instances.filter(({ LifecycleState: state }) => state === 'InService').map(({ InstanceId: id }) => id ?? '');
  }

  setDesiredCapacity(desiredCapacity: number): Promise<unknown> {
    return this.#autoScaling.send(
      new SetDesiredCapacityCommand({
        AutoScalingGroupName: this.autoScalingGroupName,
        DesiredCapacity: desiredCapacity,
      }),
    );
  }

  /** Takes one instance out of the group for good: the desired capacity falls by one. */
  terminate(instanceId: string): Promise<unknown> {
    return this.#autoScaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({ InstanceId: instanceId, ShouldDecrementDesiredCapacity: true }),
    );
  }

  async privateIpAddress(instanceId: string): Promise<string> {
    const { Reservations: reservations = [] } = await this.#ec2.send(
      new DescribeInstancesCommand({ InstanceIds: [instanceId] }),
    );
    const address = reservations[0]?.Instances?.[0]?.PrivateIpAddress;
    if (!address) throw new Error(`${instanceId} has no private address`);
    return address;
  }

  /** What the instance's application answers on its own port, past any load balancer; undefined while it does not answer. */
  async askApplication(instanceId: string): Promise<string | undefined> {
    const address = await this.privateIpAddress(instanceId);
    try {
      const response = await fetch(`http://${address}:8080/`);
      return response.ok ? (await response.text()).trim() : undefined;
    } catch {
      return undefined;
    }
  }

  /** @throws Deviation unless so many instances are in service, and each one's application says that it is of this version */
  async expectEveryAnswer(version: string, hosts: number): Promise<void> {
    const ids = await this.inService();
    expectThat(ids.length === hosts, `${hosts} instances are in service`, `${ids.length} are`);
    const answers = await Promise.all(ids.map((id) => this.askApplication(id)));
    expectThat(
      answers.every((answer) => answer?.includes(version)),
      `every host answers with version ${version}`,
      answers.map((answer) => `“${answer}”`).join(', '),
    );
  }

  async askLoadBalancer(): Promise<string | undefined> {
    const response = await fetch(this.loadBalancerUrl).catch(() => undefined);
    return response?.ok ? (await response.text()).trim() : undefined;
  }

  /**
   * Waits until `condition` holds, asked every two rehearsed seconds (but at most 20 times a wall second).
   * @throws Error naming `what` after `limitSeconds` of rehearsed time
   */
  async until<T>(what: string, condition: () => Promise<T | undefined | false>, limitSeconds = 3600): Promise<T> {
    const { clock } = this.#rehearsal;
    const deadline = clock.now() + limitSeconds * 1000;
    for (;;) {
      const result = await condition();
      if (result) return result;
      if (clock.now() > deadline) throw new Error(`Not within ${limitSeconds / 60} rehearsed minutes: ${what}`);
      await clock.sleep(Math.max(2000, 50 * clock.speed));
    }
  }
}

function required(outputs: Readonly<Record<string, string>>, name: string): string {
  const value = outputs[name];
  if (value === undefined) throw new Error(`The example fleet's stack has no output ${name}`);
  return value;
}
