import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { type Rehearsal, type RehearsalOptions, startRehearsal } from '../rehearsal/index.ts';
import type { Assemblies } from '../stories/assemblies.ts';
import { untilInterrupted } from '../stories/interruption.ts';

/** A rehearsal of the example fleet, on simulated hosts unless told otherwise, and the handles a benchmark turns. */
export interface Scenario {
  readonly rehearsal: Rehearsal;
  /** Sets the group's size, maximum included, and returns at once. */
  scaleTo(desiredCapacity: number): Promise<void>;
  /** Resolves once `count` instances have become `InService` since the rehearsal began. */
  untilInService(count: number): Promise<void>;
}

/**
 * Runs `use` against a fresh rehearsal and ends it, whatever happens.
 * @param options `settings` are the example's, as `-c` gives them to `cdk deploy`
 */
export async function onScenario<T>(
  assemblies: Assemblies,
  {
    settings,
    ...options
  }: Pick<RehearsalOptions, 'simulation' | 'hosts' | 'throttles'> & {
    readonly speed: number;
    readonly settings?: Readonly<Record<string, string>>;
  },
  use: (scenario: Scenario) => Promise<T>,
): Promise<T> {
  const assembly = await assemblies.withRevision('web-app', settings);
  const rehearsal = await startRehearsal({ assembly, hosts: 'simulated', ...options });
  try {
    return await untilInterrupted(use(scenarioOn(rehearsal)));
  } finally {
    await rehearsal.stop();
  }
}

function scenarioOn(rehearsal: Rehearsal): Scenario {
  const autoScaling = new AutoScalingClient({
    endpoint: rehearsal.endpoint,
    region: rehearsal.region,
    credentials: { accessKeyId: 'benchmark', secretAccessKey: 'benchmark' },
  });
  const AutoScalingGroupName = rehearsal.outputs('SlipwayExampleFleet')['AutoScalingGroupName'] ?? '';
  return {
    rehearsal,
    async scaleTo(desiredCapacity) {
      const { AutoScalingGroups: groups = [] } = await autoScaling.send(
        new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [AutoScalingGroupName] }),
      );
      if ((groups[0]?.MaxSize ?? 0) < desiredCapacity) {
        await autoScaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MaxSize: desiredCapacity }));
      }
      await autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity: desiredCapacity }));
    },
    untilInService: (count) => untilInService(rehearsal, count),
  };
}

function untilInService(rehearsal: Rehearsal, count: number): Promise<void> {
  const inService = new Set<string>();
  return new Promise((resolve) => {
    const look = (entry: (typeof rehearsal.journal.entries)[number]): void => {
      if (entry.kind !== 'instance' || entry.lifecycleState !== 'InService') return;
      inService.add(entry.instanceId);
      if (inService.size >= count) {
        leave();
        resolve();
      }
    };
    const leave = rehearsal.journal.follow(look);
    for (const entry of rehearsal.journal.entries) look(entry);
  });
}
