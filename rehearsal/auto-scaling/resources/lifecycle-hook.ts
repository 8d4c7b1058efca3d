import type { Properties, ResourceType } from '../../cloudformation/resource-type.ts';
import type { AutoScalingAccount } from '../auto-scaling-account.ts';
import { deleteLifecycleHook } from '../operations/delete-lifecycle-hook.ts';
import { putLifecycleHook } from '../operations/put-lifecycle-hook.ts';
import { invoke } from './invoke.ts';

/** `AWS::AutoScaling::LifecycleHook`: it comes after its group, so that first instances may slip past it. */
export function lifecycleHookResource(account: AutoScalingAccount): ResourceType {
  const put = async (LifecycleHookName: string, properties: Properties) => {
    await invoke(putLifecycleHook(account), { ...properties, LifecycleHookName });
    return { physicalId: LifecycleHookName };
  };
  return {
    create: (properties, { generateName }) =>
      put(String(properties['LifecycleHookName'] ?? generateName(255)), properties),
    update: (name, properties) => put(name, properties),
    delete: async (LifecycleHookName, { AutoScalingGroupName }) => {
      const managed = account.groups.find(String(AutoScalingGroupName));
      if (!managed?.group.hooks.has(LifecycleHookName)) return;
      await invoke(deleteLifecycleHook(account), { AutoScalingGroupName, LifecycleHookName });
    },
  };
}
