import {
  CompleteLifecycleActionCommand,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  DescribeLifecycleHooksCommand,
  type LifecycleHookSpecification,
  SetDesiredCapacityCommand,
  TerminateInstanceInAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import type { Cloud } from './cloud.ts';
import type { HostRule } from './host-rules.ts';
import { until } from './until.ts';

export interface FleetOptions {
  /** @default every host succeeds */
  readonly hosts?: HostRule;
  /** Changes the hooks that the example's group has. @default as they are */
  readonly hooks?: (declared: LifecycleHookSpecification) => LifecycleHookSpecification | undefined;
}

/** What became of a lifecycle action, as Auto Scaling saw it; times in rehearsed milliseconds since the epoch. */
export interface LifecycleActionCourse {
  readonly token: string;
  readonly startedAt: number;
  readonly heartbeatsAt: readonly number[];
  readonly completions: readonly { readonly at: number; readonly result?: string; readonly cause?: string }[];
}

/** An Auto Scaling group of one test's own, so that tests do not meet. */
export class Fleet {
  readonly name: string;
  readonly #cloud: Cloud;

  constructor(cloud: Cloud, name: string) {
    this.#cloud = cloud;
    this.name = name;
  }

  /** Creates a group with one instance, made as the example's group is made. */
  static async launch(
    cloud: Cloud,
    name: string,
    { hosts, hooks = (hook) => hook }: FleetOptions = {},
  ): Promise<Fleet> {
    const example = Fleet.ofTheExample(cloud).name;
    const { AutoScalingGroups: [group] = [] } = await cloud.autoScaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [example] }),
    );
    const { LifecycleHooks: declared = [] } = await cloud.autoScaling.send(
      new DescribeLifecycleHooksCommand({ AutoScalingGroupName: example }),
    );
    if (hosts) cloud.hostRules.set(name, hosts);
    const specifications = declared.map((hook) =>
      // Work takes wall time while rehearsed time runs on: no action may time out because this machine is busy.
      hooks({ ...(hook as LifecycleHookSpecification), HeartbeatTimeout: 7200 }),
    );
    await cloud.autoScaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: name,
        MinSize: 0,
        MaxSize: 2,
        DesiredCapacity: 1,
        LaunchTemplate: group?.LaunchTemplate,
        VPCZoneIdentifier: group?.VPCZoneIdentifier,
        LifecycleHookSpecificationList: specifications.filter((hook) => hook !== undefined),
      }),
    );
    return new Fleet(cloud, name);
  }

  static ofTheExample(cloud: Cloud): Fleet {
    return new Fleet(cloud, cloud.rehearsal.outputs('SlipwayExampleFleet')['AutoScalingGroupName'] ?? '');
  }

  /** The id of the instance that the group launched as its `nth`, from 0. */
  launched(nth = 0): Promise<string> {
    return until(`launch ${nth} of ${this.name}`, () => this.#cloud.hostRules.launched(this.name)[nth]);
  }

  /** Waits until Auto Scaling says that the instance is in this state. */
  reaches(lifecycleState: string, instanceId: string): Promise<unknown> {
    return until(`${instanceId} is ${lifecycleState}`, async () => {
      const { AutoScalingInstances: [instance] = [] } = await this.#cloud.autoScaling.send(
        new DescribeAutoScalingInstancesCommand({ InstanceIds: [instanceId] }),
      );
      return lifecycleState === (instance?.LifecycleState ?? 'Terminated');
    });
  }

  resize(DesiredCapacity: number): Promise<unknown> {
    return this.#cloud.autoScaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: this.name, DesiredCapacity }),
    );
  }

  /** Takes an instance out for good. */
  terminate(InstanceId: string): Promise<unknown> {
    return this.#cloud.autoScaling.send(
      new TerminateInstanceInAutoScalingGroupCommand({ InstanceId, ShouldDecrementDesiredCapacity: true }),
    );
  }

  /** Ends a lifecycle action past the engine, as an operator may. */
  complete(LifecycleHookName: string, InstanceId: string, LifecycleActionResult: 'CONTINUE' | 'ABANDON') {
    const AutoScalingGroupName = this.name;
    return this.#cloud.autoScaling.send(
      new CompleteLifecycleActionCommand({
        AutoScalingGroupName,
        LifecycleHookName,
        InstanceId,
        LifecycleActionResult,
      }),
    );
  }

  /** The instance's lifecycle action of this hook, once it has begun. */
  action(instanceId: string, lifecycleHookName: string): Promise<LifecycleActionCourse> {
    return until(`a lifecycle action of ${lifecycleHookName} for ${instanceId}`, () => {
      const entries = this.#cloud.rehearsal.journal.entries.flatMap((entry) =>
        entry.kind === 'lifecycleAction' &&
        entry.instanceId === instanceId &&
        entry.lifecycleHookName === lifecycleHookName
          ? [entry]
          : [],
      );
      const started = entries.find(({ event }) => event === 'started');
      return (
        started && {
          token: started.token,
          startedAt: started.at,
          heartbeatsAt: entries.filter(({ event }) => event === 'heartbeat').map(({ at }) => at),
          completions: entries.filter(({ event }) => event === 'completed'),
        }
      );
    });
  }

  /** The same, once it has ended, whoever ended it. */
  endedAction(instanceId: string, lifecycleHookName: string): Promise<LifecycleActionCourse> {
    return until(`the end of the ${lifecycleHookName} action of ${instanceId}`, async () => {
      const action = await this.action(instanceId, lifecycleHookName);
      return action.completions.length > 0 && action;
    });
  }
}
