import {
  type AutoScalingClient,
  type AutoScalingGroup,
  AutoScalingServiceException,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
  paginateDescribeAutoScalingGroups,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';

import { type GroupSizes, STANDBY_TAG } from '../../core/traffic/standby.ts';

/** An Auto Scaling group whose hosts may be asked to stand by. */
export interface StandbyGroup extends GroupSizes {
  readonly autoScalingGroupName: string;
  /** Processes that somebody has suspended. */
  readonly suspended: readonly string[];
}

/** Auto Scaling says no, and would say so again; the message is its own. */
export class AutoScalingRefused extends Error {
  override readonly name = 'AutoScalingRefused';
}

/** Not now, in Auto Scaling's own words: sizes leave no room, the host is elsewhere, a process is suspended. */
export interface NotNow {
  readonly notNow: string;
}

/** Auto Scaling groups as far as Standby goes. Throttles and faults escape as they are. */
export interface StandbyGroups {
  /** The groups with the tag that asks for Standby. */
  tagged(): Promise<readonly StandbyGroup[]>;
  /** @returns undefined where the group is no more */
  byName(autoScalingGroupName: string): Promise<StandbyGroup | undefined>;
  /** Lifecycle states of those of the instances that are members of the group. */
  statesOf(autoScalingGroupName: string, instanceIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Drains a member and takes it out of the desired capacity. @throws AutoScalingRefused */
  enterStandby(autoScalingGroupName: string, instanceId: string): Promise<'done' | NotNow>;
  /** Brings a member back, and raises the desired capacity. @throws AutoScalingRefused */
  exitStandby(autoScalingGroupName: string, instanceId: string): Promise<'done' | NotNow>;
  /** Sets what is given. @throws AutoScalingRefused */
  resize(
    autoScalingGroupName: string,
    sizes: Partial<Pick<GroupSizes, 'minSize' | 'desiredCapacity'>>,
  ): Promise<'done' | NotNow>;
}

export class AwsStandbyGroups implements StandbyGroups {
  readonly #client: AutoScalingClient;

  constructor(client: AutoScalingClient) {
    this.#client = client;
  }

  async tagged(): Promise<readonly StandbyGroup[]> {
    const found: StandbyGroup[] = [];
    const Filters = [{ Name: `tag:${STANDBY_TAG}`, Values: ['true'] }];
    const pages = paginateDescribeAutoScalingGroups({ client: this.#client }, { Filters, IncludeInstances: false });
    for await (const { AutoScalingGroups = [] } of pages) found.push(...AutoScalingGroups.map(groupIn));
    return found;
  }

  async byName(autoScalingGroupName: string): Promise<StandbyGroup | undefined> {
    const { AutoScalingGroups: [group] = [] } = await this.#client.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [autoScalingGroupName], IncludeInstances: false }),
    );
    return group && groupIn(group);
  }

  async statesOf(autoScalingGroupName: string, instanceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const states = new Map<string, string>();
    for (let start = 0; start < instanceIds.length; start += MOST_IDS) {
      const { AutoScalingInstances: members = [] } = await this.#client.send(
        new DescribeAutoScalingInstancesCommand({ InstanceIds: instanceIds.slice(start, start + MOST_IDS) }),
      );
      for (const { InstanceId = '', LifecycleState = '', AutoScalingGroupName } of members) {
        if (AutoScalingGroupName === autoScalingGroupName) states.set(InstanceId, LifecycleState);
      }
    }
    return states;
  }

  enterStandby(AutoScalingGroupName: string, instanceId: string): Promise<'done' | NotNow> {
    const input = { AutoScalingGroupName, InstanceIds: [instanceId], ShouldDecrementDesiredCapacity: true };
    return unlessRefused(this.#client.send(new EnterStandbyCommand(input)));
  }

  exitStandby(AutoScalingGroupName: string, instanceId: string): Promise<'done' | NotNow> {
    return unlessRefused(
      this.#client.send(new ExitStandbyCommand({ AutoScalingGroupName, InstanceIds: [instanceId] })),
    );
  }

  resize(
    AutoScalingGroupName: string,
    { minSize, desiredCapacity }: Partial<Pick<GroupSizes, 'minSize' | 'desiredCapacity'>>,
  ): Promise<'done' | NotNow> {
    return unlessRefused(
      this.#client.send(
        new UpdateAutoScalingGroupCommand({
          AutoScalingGroupName,
          ...(minSize !== undefined && { MinSize: minSize }),
          ...(desiredCapacity !== undefined && { DesiredCapacity: desiredCapacity }),
        }),
      ),
    );
  }
}

/** Instances that Auto Scaling describes at once. */
const MOST_IDS = 50;

function groupIn(group: AutoScalingGroup): StandbyGroup {
  return {
    autoScalingGroupName: group.AutoScalingGroupName ?? '',
    minSize: group.MinSize ?? 0,
    desiredCapacity: group.DesiredCapacity ?? 0,
    maxSize: group.MaxSize ?? 0,
    suspended: (group.SuspendedProcesses ?? []).map(({ ProcessName = '' }) => ProcessName),
  };
}

/** Sizes without room and hosts in another state are both `ValidationError`s, which other mistakes are as well. */
const PASSING = ['ValidationError', 'ScalingActivityInProgress', 'ScalingActivityInProgressFault'];
const FINAL = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'];

async function unlessRefused(call: Promise<unknown>): Promise<'done' | NotNow> {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (!(error instanceof AutoScalingServiceException)) throw error;
    if (PASSING.includes(error.name)) return { notNow: error.message };
    if (FINAL.includes(error.name)) throw new AutoScalingRefused(error.message, { cause: error });
    throw error;
  }
}
