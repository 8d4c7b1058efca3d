import type { HookOrder } from '../../adapters/auto-scaling/lifecycle-hooks.ts';
import type { HookSharer } from '../../adapters/table/hook-sharers.ts';
import { describeGroup } from '../../core/deployment-group.ts';
import type { HookDirection } from '../../core/lifecycle-hook.ts';
import { type DeploymentGroupName, encodeHookMetadata, MalformedHookMetadata } from '../../core/names.ts';
import { InvalidSetting } from '../errors/group-settings-errors.ts';
import type { Ports } from '../operation.ts';

/** Three heartbeats of the engine: two may be lost. */
const HEARTBEAT_TIMEOUT_SECONDS = 900;

type SharingPorts = Pick<Ports, 'lifecycleHooks' | 'hookSharers'>;

/** How the hooks of an Auto Scaling group are made as the record has them. */
type Write<Outcome> = (order: HookOrder) => Promise<Outcome>;

/**
 * Puts a deployment group behind those that share the hooks of an Auto Scaling group. One that is among them stays where
 * it is.
 * @throws InvalidSetting when a hook cannot name so many
 */
export async function join(
  autoScalingGroupName: string,
  group: DeploymentGroupName,
  directions: readonly HookDirection[],
  ports: Pick<Ports, 'hookSharers'>,
): Promise<void> {
  await change(autoScalingGroupName, ports, (sharers) => {
    const own = sharers.find((sharer) => isSame(sharer, group));
    const all = [...new Set([...(own?.directions ?? []), ...directions])];
    const joined = own
      ? sharers.map((sharer) => (sharer === own ? { ...own, directions: all } : sharer))
      : [...sharers, { ...group, directions: all }];
    requireRoomInMetadata(autoScalingGroupName, joined);
    return joined;
  });
}

/** Takes a deployment group out of those that share hooks in these directions. */
export async function leave(
  autoScalingGroupName: string,
  group: DeploymentGroupName,
  directions: readonly HookDirection[],
  ports: Pick<Ports, 'hookSharers'>,
): Promise<void> {
  await change(autoScalingGroupName, ports, (sharers) =>
    sharers.flatMap((sharer) => {
      if (!isSame(sharer, group)) return [sharer];
      const left = sharer.directions.filter((direction) => !directions.includes(direction));
      return left.length > 0 ? [{ ...sharer, directions: left }] : [];
    }),
  );
}

/**
 * Makes one hook as the record has it: it names those who share it, and one that nobody shares is removed. Whoever finds
 * that the record changed meanwhile does it again, for the last to write a hook may not have been the last to know.
 * @param write how a hook that somebody shares is written
 * @returns how that, or the removal, went at last
 */
export async function project<Outcome>(
  autoScalingGroupName: string,
  direction: HookDirection,
  write: Write<Outcome>,
  { lifecycleHooks, hookSharers }: SharingPorts,
): Promise<Outcome | 'removed' | 'left'> {
  for (;;) {
    const { sharers, version } = await hookSharers.of(autoScalingGroupName);
    const outcome = sharers.some(({ directions }) => directions.includes(direction))
      ? await write({
          autoScalingGroupName,
          direction,
          heartbeatTimeoutSeconds: HEARTBEAT_TIMEOUT_SECONDS,
          notificationMetadata: metadataOf(sharers, direction),
        })
      : await lifecycleHooks.remove(autoScalingGroupName, direction);
    if ((await hookSharers.of(autoScalingGroupName)).version === version) return outcome;
  }
}

/** Changes the record until nobody else was faster: each round somebody gets through. */
async function change(
  autoScalingGroupName: string,
  { hookSharers }: Pick<Ports, 'hookSharers'>,
  next: (sharers: readonly HookSharer[]) => readonly HookSharer[],
): Promise<void> {
  for (;;) {
    const before = await hookSharers.of(autoScalingGroupName);
    const sharers = next(before.sharers);
    if (JSON.stringify(sharers) === JSON.stringify(before.sharers)) return;
    if ((await hookSharers.save(autoScalingGroupName, before, sharers)) === 'saved') return;
  }
}

function sharersOf(sharers: readonly HookSharer[], direction: HookDirection): DeploymentGroupName[] {
  return sharers
    .filter(({ directions }) => directions.includes(direction))
    .map(({ applicationName, deploymentGroupName }) => ({ applicationName, deploymentGroupName }));
}

function metadataOf(sharers: readonly HookSharer[], direction: HookDirection): string {
  const heartbeatTimeoutSeconds = HEARTBEAT_TIMEOUT_SECONDS;
  return encodeHookMetadata({ deploymentGroups: sharersOf(sharers, direction), heartbeatTimeoutSeconds });
}

function requireRoomInMetadata(autoScalingGroupName: string, sharers: readonly HookSharer[]): void {
  try {
    metadataOf(sharers, 'launch');
  } catch (error) {
    if (!(error instanceof MalformedHookMetadata)) throw error;
    throw new InvalidSetting(
      'InvalidAutoScalingGroupException',
      `The Auto Scaling group ${autoScalingGroupName} has too many deployment groups: ${error.message}`,
    );
  }
}

function isSame(one: DeploymentGroupName, other: DeploymentGroupName): boolean {
  return describeGroup(one) === describeGroup(other);
}
