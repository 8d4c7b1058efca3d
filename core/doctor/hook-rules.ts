import { type DeploymentGroup, describeGroup } from '../deployment-group.ts';
import { safeResult } from '../lifecycle-action.ts';
import type { HookDirection } from '../lifecycle-hook.ts';
import type { Finding } from './finding.ts';
import { LEAST_HEARTBEAT_TIMEOUT_SECONDS, mendOf } from './mend-of.ts';
import type { Observation, ObservedAutoScalingGroup, ObservedHook } from './observation.ts';
import { DIRECTIONS, metadataOf, nameOfHook, ourHooks, ownersIn, ownersOf } from './our-hooks.ts';

/** What is wrong with the hooks of one Auto Scaling group. */
export function examineHooks(group: ObservedAutoScalingGroup, observation: Observation): readonly Finding[] {
  const owners = ownersOf(group, observation);
  return DIRECTIONS.flatMap((direction) => {
    const hooks = ourHooks(group, direction, observation);
    const hook = hooks.find(({ lifecycleHookName }) => lifecycleHookName === nameOfHook(direction));
    return [
      ...examineHook(hook, { group, direction, owners, observation }),
      ...hooks.filter((other) => other !== hook).map((other) => duplicated(group, other)),
    ];
  });
}

interface Place {
  readonly group: ObservedAutoScalingGroup;
  readonly direction: HookDirection;
  /** Deployment groups that deploy to it in either direction. */
  readonly owners: readonly DeploymentGroup[];
  readonly observation: Observation;
}

function examineHook(hook: ObservedHook | undefined, place: Place): readonly Finding[] {
  const wanting = ownersIn(place.direction, place.owners);
  if (!hook) return wanting.length === 0 ? [] : [missing(place, wanting)];
  if (wanting.length === 0) return [orphaned(place, hook)];
  const changes = changesOf(hook, wanting, place);
  return [...(changes.length > 0 ? [edited(place, changes)] : []), ...tooShort(hook, place)];
}

const WITHOUT_IT: Readonly<Record<HookDirection, string>> = {
  launch: 'its instances go into service without being deployed to',
  termination: 'its instances go without their termination deployment',
};

function missing(place: Place, wanting: readonly DeploymentGroup[]): Finding {
  const { group, direction } = place;
  return {
    name: 'HookMissing',
    ...about(place),
    problem:
      `${group.autoScalingGroupName} has no hook ${nameOfHook(direction)}, ` +
      `though ${listed(wanting)} deploys to it: ${WITHOUT_IT[direction]}.`,
    ...puttingRight(place),
  };
}

function orphaned({ group, direction }: Place, hook: ObservedHook): Finding {
  const { autoScalingGroupName } = group;
  const { lifecycleHookName } = hook;
  return {
    name: 'HookOrphaned',
    autoScalingGroupName,
    lifecycleHookName,
    problem:
      `No deployment group wants the hook ${lifecycleHookName} of ${autoScalingGroupName}: ` +
      (direction === 'launch' ? 'launches wait for nobody, and fail.' : 'instances that leave wait for nobody.'),
    // Whose it was cannot be told from a hook without readable metadata, so that a person has to decide.
    ...(metadataOf(hook) ? removing(autoScalingGroupName, hook) : { remedy: BY_HAND }),
  };
}

const BY_HAND = 'Deploy the stack that declares its group, or delete the hook (aws autoscaling delete-lifecycle-hook).';

function removing(autoScalingGroupName: string, { lifecycleHookName }: ObservedHook): Pick<Finding, 'remedy' | 'mend'> {
  return {
    remedy: 'slipway doctor --fix removes it; if a template declares it, remove it there.',
    mend: { kind: 'remove', autoScalingGroupName, lifecycleHookName },
  };
}

function duplicated({ autoScalingGroupName }: ObservedAutoScalingGroup, hook: ObservedHook): Finding {
  const { lifecycleHookName } = hook;
  return {
    name: 'HookDuplicated',
    autoScalingGroupName,
    lifecycleHookName,
    problem:
      `${lifecycleHookName} of ${autoScalingGroupName} holds instances for Slipway as well, ` +
      `beside ${nameOfHook(hook.direction)}: each is deployed to twice.`,
    // One of our own names stands in the wrong direction: it is written anew there, not removed.
    ...(DIRECTIONS.map(nameOfHook).includes(lifecycleHookName)
      ? { remedy: BY_HAND }
      : removing(autoScalingGroupName, hook)),
  };
}

function edited(place: Place, changes: readonly string[]): Finding {
  const { group, direction } = place;
  return {
    name: 'HookEdited',
    ...about(place),
    problem: `Somebody changed ${nameOfHook(direction)} of ${group.autoScalingGroupName}: ${changes.join('; ')}.`,
    ...puttingRight(place),
  };
}

/** In which respects a hook is not what its owners want, a clause for each. */
function changesOf(hook: ObservedHook, wanting: readonly DeploymentGroup[], place: Place): readonly string[] {
  const { hookTarget, deploymentGroups } = place.observation;
  const metadata = metadataOf(hook);
  const named = metadata?.deploymentGroups.map(describeGroup) ?? [];
  const known = new Set(deploymentGroups.map(describeGroup));
  const unnamed = wanting.filter((owner) => !named.includes(describeGroup(owner)));
  const unknown = named.filter((name) => !known.has(name));
  const result = safeResult({ type: place.direction });
  const declared = metadata?.heartbeatTimeoutSeconds ?? hook.heartbeatTimeoutSeconds;
  return [
    ...unlessSame('it sends to', hook.notificationTargetArn, hookTarget.lifecycleQueueArn),
    ...unlessSame('its role is', hook.roleArn, hookTarget.hookRoleArn),
    ...unlessSame('its default result is', hook.defaultResult, result),
    ...unlessSame('its heartbeat timeout in seconds is', hook.heartbeatTimeoutSeconds, declared),
    ...(metadata ? [] : ['its notification metadata says nothing']),
    ...(metadata && unnamed.length > 0 ? [`it does not name ${listed(unnamed)}`] : []),
    ...(unknown.length > 0 ? [`it names ${unknown.join(' and ')}, which is no more`] : []),
  ];
}

function unlessSame<Value extends string | number>(
  what: string,
  is: Value | undefined,
  wanted: Value | undefined,
): string[] {
  return is === wanted ? [] : [`${what} ${is ?? 'missing'}, not ${wanted}`];
}

function tooShort({ heartbeatTimeoutSeconds }: ObservedHook, place: Place): readonly Finding[] {
  if (heartbeatTimeoutSeconds === undefined || heartbeatTimeoutSeconds >= LEAST_HEARTBEAT_TIMEOUT_SECONDS) return [];
  const { group, direction } = place;
  return [
    {
      name: 'HeartbeatTimeoutTooShort',
      ...about(place),
      problem:
        `${nameOfHook(direction)} of ${group.autoScalingGroupName} waits ${heartbeatTimeoutSeconds} s for a heartbeat, and ` +
        `heartbeats are ${LEAST_HEARTBEAT_TIMEOUT_SECONDS / 2} s apart: Auto Scaling gives up on work that goes well.`,
      ...puttingRight(place),
    },
  ];
}

function about({ group, direction }: Place) {
  return { autoScalingGroupName: group.autoScalingGroupName, lifecycleHookName: nameOfHook(direction) };
}

function puttingRight({ group, direction, owners }: Place): Pick<Finding, 'remedy' | 'mend'> {
  const mend = mendOf(group, direction, owners);
  const how = mend.kind === 'share' ? 'as the API installed it' : 'as the template declares it';
  return { remedy: `slipway doctor --fix puts it ${how}.`, mend };
}

function listed(groups: readonly DeploymentGroup[]): string {
  return groups.map(describeGroup).join(' and ');
}
