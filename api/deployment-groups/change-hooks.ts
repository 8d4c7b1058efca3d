import type { AutoScalingGroup } from '@aws-sdk/client-codedeploy';

import type { GroupSettings } from '../../core/group-settings.ts';
import { ChangedMeanwhile } from '../errors/group-settings-errors.ts';
import type { Ports } from '../operation.ts';
import type { ApiGroup } from '../validation/deployment-group.ts';
import type { SettingsInput } from '../validation/group-settings/settings-input.ts';
import { directionsOf, installHooks, removeHooks } from './hooks.ts';

/**
 * Writes a group’s new settings between the hooks that come and those that go: the group is known before, so that a hook
 * too many does no harm, and one too few would. Auto Scaling groups that are named again get what they lack, which is
 * how hooks are repaired.
 * @returns hooks that could not be removed
 * @throws InvalidSetting, ChangedMeanwhile: then nothing has changed
 */
export async function changeHooks(
  group: ApiGroup,
  { given, settings }: { readonly given: SettingsInput; readonly settings: GroupSettings },
  ports: Ports,
): Promise<AutoScalingGroup[]> {
  const before = group.settings;
  const added = settings.autoScalingGroups.filter((name) => !before.autoScalingGroups.includes(name));
  const detached = before.autoScalingGroups.filter((name) => !settings.autoScalingGroups.includes(name));
  try {
    const isAsked = given.autoScalingGroups !== undefined || given.terminationHookEnabled !== undefined;
    if (isAsked) await installHooks(group, settings.autoScalingGroups, directionsOf(settings), ports);
    if ((await ports.namedGroups.save(group, settings)) === 'refused') throw new ChangedMeanwhile(group.currentName);
  } catch (error) {
    // What a faster call has attached as well is that call's by now.
    const now = await ports.namedGroups.find(group.applicationName, group.currentName);
    const kept = error instanceof ChangedMeanwhile ? (now?.settings?.autoScalingGroups ?? []) : [];
    const unwanted = added.filter((name) => !kept.includes(name));
    await removeHooks(group, unwanted, ['launch', 'termination'], ports);
    throw error;
  }
  const left = await removeHooks(group, detached, ['launch', 'termination'], ports);
  if (settings.terminationHookEnabled || !before.terminationHookEnabled) return left;
  return [...left, ...(await removeHooks(group, settings.autoScalingGroups, ['termination'], ports))];
}
