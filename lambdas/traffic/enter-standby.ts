import { describeGroup } from '../../core/deployment-group.ts';
import type { Target } from '../../core/target.ts';
import type { Progress } from '../../core/traffic/judge.ts';
import { takeOut } from '../../core/traffic/take-out.ts';
import { finishChange } from '../standby/give-capacity-back.ts';
import type { Ports } from './ports.ts';
import { busyIsUnderWay } from './busy-is-under-way.ts';

/** How far a host is on its way into Standby, and whether Auto Scaling takes its traffic by now. */
export type EnteringStandby = Progress & { readonly hasLeft: boolean };

/** Asks Auto Scaling to put a host into Standby, making room first where the group is at its minimum. */
export async function enterStandby(
  autoScalingGroupName: string,
  target: Target,
  ports: Ports,
): Promise<EnteringStandby> {
  const { instanceId } = target;
  const state = (await ports.standbyGroups.statesOf(autoScalingGroupName, [instanceId])).get(instanceId);
  if (state === undefined) {
    return { kind: 'failed', reason: `${instanceId} is no longer in ${autoScalingGroupName}`, hasLeft: false };
  }
  if (state === 'Standby') return { kind: 'done', hasLeft: true };
  if (state === 'InService') return busyIsUnderWay(() => leave(autoScalingGroupName, target, ports), NOT_YET);
  return underWay(`${instanceId} is ${state}`, state === 'EnteringStandby');
}

async function leave(name: string, target: Target, ports: Ports): Promise<EnteringStandby> {
  const { instanceId, group } = target;
  const before = await finishChange(name, await ports.standbyNotes.of(name), ports);
  const sizes = await ports.standbyGroups.byName(name);
  if (!sizes) return { kind: 'failed', reason: `The Auto Scaling group ${name} is no more`, hasLeft: false };
  const { note, minSize } = takeOut(before, sizes, instanceId, describeGroup(group));
  if ((await ports.standbyNotes.write(name, before, note)) === 'refused') {
    return underWay(`${name} lets another host go first`, false);
  }
  if (minSize !== undefined) {
    const lowered = await ports.standbyGroups.resize(name, { minSize });
    if (lowered !== 'done') return underWay(lowered.notNow, false);
  }
  const entered = await ports.standbyGroups.enterStandby(name, instanceId);
  if (entered !== 'done') return underWay(entered.notNow, false);
  return underWay(`${instanceId} is EnteringStandby`, true);
}

const NOT_YET = { hasLeft: false } as const;

function underWay(waitsFor: string, hasLeft: boolean): EnteringStandby {
  return { kind: 'underWay', waitsFor, hasLeft };
}
