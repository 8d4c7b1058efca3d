import type { Target } from '../../core/target.ts';
import type { Progress } from '../../core/traffic/judge.ts';
import { giveCapacityBack } from '../standby/give-capacity-back.ts';
import type { Ports } from './ports.ts';
import { busyIsUnderWay } from './busy-is-under-way.ts';

/** Asks Auto Scaling to bring a host back from Standby, and gives the group its minimum back with the last one. */
export async function exitStandby(
  autoScalingGroupName: string,
  { instanceId }: Target,
  ports: Ports,
): Promise<Progress> {
  const state = (await ports.standbyGroups.statesOf(autoScalingGroupName, [instanceId])).get(instanceId);
  switch (state) {
    case undefined:
      return { kind: 'failed', reason: `${instanceId} is no longer in ${autoScalingGroupName}` };
    case 'Standby': {
      const left = await ports.standbyGroups.exitStandby(autoScalingGroupName, instanceId);
      if (left !== 'done') return { kind: 'underWay', waitsFor: left.notNow, isHeldUp: true };
      return { kind: 'underWay', waitsFor: `${instanceId} is Pending` };
    }
    case 'InService':
      return busyIsUnderWay(async (): Promise<Progress> => {
        await giveCapacityBack(autoScalingGroupName, [instanceId], ports);
        return { kind: 'done' };
      });
    default:
      return { kind: 'underWay', waitsFor: `${instanceId} is ${state}` };
  }
}
