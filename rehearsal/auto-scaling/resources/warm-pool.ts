import type { Properties, ResourceType } from '../../cloudformation/resource-type.ts';
import type { AutoScalingAccount } from '../auto-scaling-account.ts';
import { deleteWarmPool } from '../operations/delete-warm-pool.ts';
import { putWarmPool } from '../operations/put-warm-pool.ts';
import { invoke } from './invoke.ts';

/** What is there without a word of the template. */
const DEFAULTS = { MaxGroupPreparedCapacity: -1, MinSize: 0, PoolState: 'Stopped', InstanceReusePolicy: {} };

/** `AWS::AutoScaling::WarmPool`, whose id is that of its group. Nobody waits for the instances of a new one. */
export function warmPoolResource(account: AutoScalingAccount): ResourceType {
  const put = async (properties: Properties) => {
    await invoke(putWarmPool(account), { ...DEFAULTS, ...properties });
    return { physicalId: String(properties['AutoScalingGroupName']) };
  };
  return {
    create: put,
    update: (_, properties) => put(properties),
    delete: async (AutoScalingGroupName) => {
      if (!account.groups.find(AutoScalingGroupName)) return;
      await invoke(deleteWarmPool(account), { AutoScalingGroupName, ForceDelete: true });
    },
  };
}
